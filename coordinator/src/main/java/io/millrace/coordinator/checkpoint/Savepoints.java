package io.millrace.coordinator.checkpoint;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.coordinator.operation.OperationLedger;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.SavepointTarget;
import io.millrace.runtime.checkpoint.SnapshotPurpose;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The savepoints that were asked of one job: which waits, which is under way, and what follows from
 * its end. Confined to the coordinator's thread.
 *
 * <p>A savepoint is taken alone: it waits for the checkpoints that are under way, and none begins
 * before it has ended. What sinks have prepared is in it, and nothing is committed for it unless
 * the job ends with it. A failure of it is its asker's business and not the job's.
 */
public final class Savepoints {
    /**
     * A savepoint is durable that the job ends with.
     *
     * @param committables all that no commit is known of
     */
    public record Stop(
            String operationId, long checkpointId, List<OperatorCommittables> committables) {}

    /** Of so many that have failed it is known where they were, for workers that answer late. */
    private static final int MOST_FAILED = 16;

    /** One that has a place. */
    private record Placed(Operation operation, String path) {}

    private final JobGraph graph;
    private final OperationLedger ledger;
    private final ArrayDeque<Placed> waiting = new ArrayDeque<>();
    private final TreeMap<Long, String> failed = new TreeMap<>(); // their paths, by checkpoint
    private Placed current; // null while none is under way
    private Manifest manifest; // of the current one, once it has all its parts
    private Operation saved; // what has more to do now that its savepoint is whole
    private String cancelledBy; // who has asked for a cancellation after a savepoint that is whole
    private FailureReport undrained; // why a job goes on whose sources have ended for a savepoint

    Savepoints(JobGraph graph, OperationLedger ledger) {
        this.graph = graph;
        this.ledger = ledger;
    }

    // ---- before one begins

    /** It is in the ledger. */
    List<Effect> request(Operation asked) {
        if (graph.mode() == ExecutionMode.BATCH) {
            return ledger.refuseOfStages(asked);
        }
        Optional<String> target =
                Optional.ofNullable(asked.target())
                        .or(
                                () ->
                                        Config.of(graph.config())
                                                .find(CheckpointOptions.SAVEPOINT_DIRECTORY));
        return target.isEmpty()
                ? ledger.refuseWithoutDirectory(asked)
                : List.of(
                        new Effect.PlaceSavepoint(
                                graph.jobId(), asked.id(), target.get(), asked.format()));
    }

    List<Effect> onPlaced(Event.SavepointPlaced placed) {
        String id = placed.operationId();
        if (!ledger.isOpen(id)) {
            return List.of();
        }
        if (placed.failure() != null) {
            return ledger.failed(id, FailureReports.ofSavepoint(placed.failure()));
        }
        waiting.add(new Placed(ledger.view(id).operation(), placed.path()));
        return ledger.placed(id, placed.path());
    }

    /** Whether one waits for its turn. */
    boolean areWaiting() {
        return !waiting.isEmpty();
    }

    /** Whether one has begun and not ended. */
    boolean isUnderWay() {
        return current != null;
    }

    /** The next one begins now. */
    SavepointTarget begin() {
        current = waiting.remove();
        ledger.begun(current.operation().id());
        return new SavepointTarget(
                current.operation().kind().purpose(), current.path(), current.operation().format());
    }

    // ---- its end

    /** All its parts are there. */
    List<Effect> store(Manifest whole) {
        manifest = whole;
        return List.of(
                new Effect.StoreSavepoint(
                        graph.jobId(), current.path(), current.operation().format(), whole));
    }

    /** The one under way is whole, and the job does not end with it. */
    List<Effect> completed() {
        Operation done = current.operation();
        forget();
        if (done.kind().rescales()) {
            saved = done;
            ledger.saved(done.id());
            return List.of();
        }
        if (done.kind() == OperationKind.CANCEL_WITH_SAVEPOINT) {
            cancelledBy = done.who();
        }
        return ledger.completed(done.id(), null);
    }

    /** Whether the operation ends the job's input, so that no other job goes on where it stops. */
    public boolean drains(String operationId) {
        OperationView asked = ledger.view(operationId);
        return asked != null && asked.operation().kind() == OperationKind.DRAIN_WITH_SAVEPOINT;
    }

    /** The one under way is whole, and the job ends with it. */
    Stop stop(long checkpointId) {
        Stop stop =
                new Stop(
                        current.operation().id(),
                        checkpointId,
                        manifest.committables().stream()
                                .map(CommittableEntry::committables)
                                .toList());
        forget();
        return stop;
    }

    /** The one under way will never be whole; what it has left goes. */
    List<Effect> failed(PendingCheckpoint lost, FailureReport why) {
        Placed over = current;
        forget();
        failed.put(lost.id(), over.path());
        if (failed.size() > MOST_FAILED) {
            failed.pollFirstEntry();
        }
        if (lost.target().purpose() == SnapshotPurpose.DRAIN
                && lost.phase() != PendingCheckpoint.Phase.ENUMERATORS) {
            undrained = FailureReports.undrained(why);
        }
        // The journal first: an old leader must not remove what the next one has found whole.
        List<Effect> effects =
                new ArrayList<>(
                        ledger.failed(over.operation().id(), FailureReports.ofSavepoint(why)));
        effects.add(new Effect.DiscardSavepoint(graph.jobId(), over.path()));
        return effects;
    }

    /**
     * A worker has written its part of one before it heard that this has failed, perhaps after what
     * there was had been removed: that goes, too. Nothing if it is none that has failed.
     */
    List<Effect> onLateAcknowledgement(long checkpointId) {
        String path = failed.get(checkpointId);
        return path == null ? List.of() : List.of(new Effect.DiscardSavepoint(graph.jobId(), path));
    }

    /** Those that wait would wait for tasks that are ended now. */
    List<Effect> failWaiting(FailureReport why) {
        List<Effect> effects = new ArrayList<>();
        waiting.forEach(
                one ->
                        effects.addAll(
                                ledger.failed(
                                        one.operation().id(), FailureReports.ofSavepoint(why))));
        waiting.clear();
        return effects;
    }

    private void forget() {
        current = null;
        manifest = null;
    }

    // ---- what follows for the job

    /** Who has the job cancelled, now that there is a savepoint; null if nobody has. Told once. */
    public String takeCancellation() {
        String taken = cancelledBy;
        cancelledBy = null;
        return taken;
    }

    /** The change of parallelism whose savepoint is whole; null if there is none. Told once. */
    public Operation takeRescale() {
        Operation taken = saved;
        saved = null;
        return taken;
    }

    /** Why all tasks must start again; null if they need not. Told once. */
    public FailureReport takeUndrained() {
        FailureReport taken = undrained;
        undrained = null;
        return taken;
    }
}
