package io.millrace.runtime.operator;

import io.millrace.api.metric.Gauge;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.time.WatermarkAlignmentParams;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.message.ToCoordinator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one source subtask near the others of its group: tells the coordinator how far it has come,
 * and stops what is further than it may. Confined to the task.
 */
/* Each report is answered with how far the group's slowest lets this subtask come. So the
 * coordinator needs no timer, a new one knows the group after one interval, and a lost answer costs
 * one. Splits that are ahead are paused one by one; the whole reader stops only if all of them are.
 */
final class SourceAlignment {
    private static final Logger LOG = LoggerFactory.getLogger(SourceAlignment.class);

    private final WatermarkAlignmentParams params;
    private final OperatorContext context;
    private final SourceTime time;
    private final SourceFeed feed;
    private final boolean mayBeUnaligned;
    private final Set<String> paused = new HashSet<>();
    private boolean pausesSplits = true;
    private long limitMs = Long.MAX_VALUE;
    private boolean ended;
    // Written by the task, read by reporters.
    private volatile long driftMs;
    // Not null while the whole reader waits.
    private CompletableFuture<Void> goOn;

    SourceAlignment(
            WatermarkAlignmentParams params,
            OperatorContext context,
            SourceTime time,
            SourceFeed feed) {
        this.params = params;
        this.context = context;
        this.time = time;
        this.feed = feed;
        this.mayBeUnaligned = context.config().get(ProgramOptions.ALLOW_UNALIGNED_SOURCE_SPLITS);
    }

    /** Begins to tell the coordinator where the source is. */
    void start() {
        Gauge<Long> drift = () -> driftMs;
        context.runtimeContext().getMetricGroup().gauge("watermarkAlignmentDrift", drift);
        report();
    }

    private void report() {
        if (ended) {
            return;
        }
        send(time.isAllIdle() ? Long.MAX_VALUE : time.emittedMs());
        context.steady().after(params.getUpdateInterval(), this::report);
    }

    private void send(long watermarkMs) {
        context.scope()
                .toCoordinator()
                .accept(
                        new ToCoordinator.SourceWatermark(
                                context.scope().attempt(),
                                context.operatorIndex(),
                                params.getWatermarkGroup(),
                                params.getMaxAllowedWatermarkDrift(),
                                watermarkMs));
    }

    /** Nothing more comes of this source: nobody waits for it. */
    void onEnd() {
        if (!ended) {
            ended = true;
            send(Long.MAX_VALUE);
        }
    }

    /** How far this subtask is ahead of the group's slowest; 0 if nobody holds it. */
    private void measureDrift() {
        long slowestMs = limitMs - params.getMaxAllowedWatermarkDrift();
        boolean known = limitMs != Long.MAX_VALUE && time.emittedMs() != Long.MIN_VALUE;
        driftMs = known && time.emittedMs() > slowestMs ? time.emittedMs() - slowestMs : 0;
    }

    /** How far the group lets this subtask come, in milliseconds since the epoch. */
    void onLimit(long newLimitMs) {
        limitMs = newLimitMs;
        apply();
    }

    /** How far the group lets this subtask come; {@code Long.MAX_VALUE} before it has said so. */
    long limitMs() {
        return limitMs;
    }

    /** Whether a split waits for others of the group, alone or with the whole reader. */
    boolean waitsFor(String splitId) {
        return goOn != null || paused.contains(splitId);
    }

    /** The source's time, or that of a split, may have moved. */
    void apply() {
        measureDrift();
        pauseSplits();
        boolean waits = !time.isAllIdle() && time.emittedMs() > limitMs;
        if (waits && goOn == null) {
            goOn = new CompletableFuture<>();
            time.stand();
        } else if (!waits && goOn != null) {
            CompletableFuture<Void> waiting = goOn;
            goOn = null;
            time.goOn();
            waiting.complete(null);
        }
    }

    /** Completes when the reader may be asked again; null if it may be now. */
    CompletableFuture<Void> waiting() {
        return goOn;
    }

    private void pauseSplits() {
        if (!pausesSplits) {
            return;
        }
        List<String> toPause = new ArrayList<>();
        List<String> toResume = new ArrayList<>();
        time.splitsAround(limitMs, paused, toPause, toResume);
        if (toPause.isEmpty() && toResume.isEmpty()) {
            return;
        }
        try {
            feed.pauseOrResume(toPause, toResume);
        } catch (UnsupportedOperationException e) {
            pausesSplits = false;
            if (!mayBeUnaligned) {
                throw UserCodeException.of(context.name(), refused(e));
            }
            LOG.info("splits go on unaligned, the reader cannot pause them", e);
            return;
        }
        paused.addAll(toPause);
        toResume.forEach(paused::remove);
        time.pauseSplits(toPause, toResume);
    }

    private UnsupportedOperationException refused(UnsupportedOperationException cause) {
        return new UnsupportedOperationException(
                "The watermark group '"
                        + params.getWatermarkGroup()
                        + "' needs a reader that can pause splits. "
                        + cause.getMessage()
                        + " Read one split in each subtask, or set "
                        + ProgramOptions.ALLOW_UNALIGNED_SOURCE_SPLITS.key()
                        + " to let its splits run apart.",
                cause);
    }

    /** The split is gone. */
    void release(String splitId) {
        paused.remove(splitId);
    }
}
