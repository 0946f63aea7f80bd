package io.millrace.api.source.ratelimit;

import io.millrace.api.source.SourceSplit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Permits a number of records, and as many again after each checkpoint that is complete; what was
 * not used until then is not added. Confined to its task.
 *
 * <p>The gate opens by {@link #notifyCheckpointComplete}, which the task passes to its reader. A
 * job without checkpoints emits the first lot only.
 */
public class GatedRateLimiter<SplitT extends SourceSplit> implements MeteredRateLimiter<SplitT> {
    private final int capacityPerCycle;
    private int left;
    private CompletableFuture<Void> gate = new CompletableFuture<>();

    /**
     * @param capacityPerCycle at least 1
     */
    public GatedRateLimiter(int capacityPerCycle) {
        if (capacityPerCycle < 1) {
            throw new IllegalArgumentException(
                    "At least one record a checkpoint is permitted, not " + capacityPerCycle + ".");
        }
        this.capacityPerCycle = capacityPerCycle;
        this.left = capacityPerCycle;
    }

    @Override
    public int take(int wanted) {
        int taken = Math.min(wanted, left);
        left -= taken;
        return taken;
    }

    @Override
    public CompletableFuture<Void> whenPermitted() {
        return left > 0 ? CompletableFuture.completedFuture(null) : gate;
    }

    @Override
    public CompletionStage<Void> acquire(int numberOfEvents) {
        int missing = numberOfEvents - take(numberOfEvents);
        return missing == 0
                ? CompletableFuture.completedFuture(null)
                : gate.thenCompose(nothing -> acquire(missing));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        left = capacityPerCycle;
        CompletableFuture<Void> opened = gate;
        gate = new CompletableFuture<>();
        opened.complete(null);
    }
}
