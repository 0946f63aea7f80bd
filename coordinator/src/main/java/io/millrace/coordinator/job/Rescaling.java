package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationLedger;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.coordinator.schedule.ScaledJob;
import io.millrace.coordinator.schedule.SlotLayout;
import io.millrace.runtime.message.FailureReport;
import java.util.ArrayList;
import java.util.List;

/**
 * The change of one job's parallelism while it runs. Confined to the coordinator's thread.
 *
 * <pre>
 * NONE → SLOTS → CHECKPOINT → MOVING        of the job as it was
 *          └─────────┴→ NONE                failed: the job has not noticed
 * TRIAL → NONE                              of the job as it is to be: done
 *   └→ MOVING                               failed: back to what it had
 * </pre>
 *
 * <p>What may be missing is got first: slots, and a checkpoint. The entry of the journal is the
 * decision; from there on a new leader comes up with the new parallelism. It holds when all tasks
 * have run once. Before that, whatever would end the job, and whatever restarts it, sends it back.
 */
final class Rescaling {
    /** How far it has come. */
    private enum Phase {
        NONE,
        /** For the slots that it needs beyond those that it has. */
        SLOTS,
        /** For a checkpoint that begins now. */
        CHECKPOINT,
        /** It is decided: tasks end, and the job begins anew as {@link #next}. */
        MOVING,
        /** It has begun, and not all of its tasks have come to run. */
        TRIAL
    }

    private final ScaledJob job;
    private final WorkerPool pool;
    private final OperationLedger ledger;
    private Phase phase = Phase.NONE;
    private String operationId; // null in NONE
    private ScaledJob next; // what it is to become; in TRIAL what it goes back to
    private JobSlots extra; // null but in SLOTS, CHECKPOINT and MOVING
    private boolean goesBack;

    /**
     * A change that is decided, of which it is to be seen whether the job runs so.
     *
     * @param before what the job goes back to if it does not
     */
    record Trial(String operationId, ScaledJob before) {}

    /**
     * @param trial that the job begins as; null if it is none
     */
    Rescaling(ScaledJob job, WorkerPool pool, OperationLedger ledger, Trial trial) {
        this.job = job;
        this.pool = pool;
        this.ledger = ledger;
        if (trial != null) {
            begin(trial);
        }
    }

    /** The job has begun anew, and it is to be seen whether it runs. */
    void begin(Trial trial) {
        phase = Phase.TRIAL;
        operationId = trial.operationId();
        next = trial.before();
    }

    // ---- before it is decided

    /**
     * Somebody asks for it; it is in the ledger.
     *
     * @param slots that the job has
     * @param whyNot the job cannot be rescaled now; null if it can
     */
    List<Effect> request(Operation asked, int slots, String whyNot) {
        FailureReport refusal = refusal(asked, whyNot);
        if (refusal != null) {
            return ledger.failed(asked.id(), refusal);
        }
        ScaledJob wanted = job.to(asked.parallelism());
        if (wanted.graph().vertices().equals(job.graph().vertices())) {
            return ledger.completed(
                    asked.id(), "The job runs at parallelism " + asked.parallelism() + " already.");
        }
        phase = Phase.SLOTS;
        operationId = asked.id();
        next = wanted;
        extra = new JobSlots(Math.max(0, SlotLayout.of(wanted.graph()).slots() - slots), pool);
        ledger.begun(asked.id());
        return List.of();
    }

    /**
     * Why it will not be done, as far as that can be seen before anything is; null if it may be.
     *
     * @param whyNot as of {@link #request}
     */
    FailureReport refusal(Operation asked, String whyNot) {
        String refusal = phase == Phase.NONE ? whyNot : "it is being rescaled already.";
        if (refusal != null) {
            return report("job " + asked.jobId() + " was not rescaled: " + refusal);
        }
        try {
            job.to(asked.parallelism()).check();
            return null;
        } catch (MillraceException e) {
            return JobFailures.of(e);
        }
    }

    /** Why a job cannot be rescaled that is in this state; null if it can. */
    static String whyNot(JobState state, ExecutionMode mode, boolean takesCheckpoints) {
        if (mode == ExecutionMode.BATCH) {
            return "it is a batch job, which has the parallelism of each stage from its input. It"
                    + " goes on.";
        }
        if (!takesCheckpoints) {
            return "it takes no checkpoints. Start it with execution.checkpointing.interval, or"
                    + " stop it with a savepoint and start it again with -p. It goes on.";
        }
        return state == JobState.RUNNING
                ? null
                : "it is " + state + ". Ask again when all its tasks run.";
    }

    /** Whether it waits for slots. */
    boolean seeksSlots() {
        return phase == Phase.SLOTS;
    }

    /** Slots that it lacks. */
    int missingSlots() {
        return phase == Phase.SLOTS ? extra.missing() : 0;
    }

    /** Takes the slots that it needs if they are there; then a checkpoint is its next wish. */
    boolean fillSlots() {
        if (!extra.fill()) {
            return false;
        }
        phase = Phase.CHECKPOINT;
        return true;
    }

    /** Whether it waits for a checkpoint. */
    boolean awaitsCheckpoint() {
        return phase == Phase.CHECKPOINT;
    }

    /** Something has come in between: the job goes on as it is. Nothing once it is decided. */
    List<Effect> abandon(FailureReport why, long nowMs) {
        if (phase != Phase.SLOTS && phase != Phase.CHECKPOINT) {
            return List.of();
        }
        String id = operationId;
        forget(nowMs);
        return ledger.failed(
                id,
                why.leadingTo(
                        ErrorCode.RESCALE_FAILED,
                        "job "
                                + job.accepted().jobId()
                                + " was not rescaled and goes on as it was: "
                                + why.summary()));
    }

    /** A worker has left the pool. */
    List<Effect> onWorkerLost(String workerId, FailureReport why, long nowMs) {
        if (extra == null || !extra.lose(workerId)) {
            return List.of();
        }
        return abandon(why, nowMs);
    }

    // ---- it is decided

    /** The job moves to the new parallelism. */
    List<Effect> decide() {
        phase = Phase.MOVING;
        return List.of(journal(next, null));
    }

    /** Whether the job ends its tasks to begin anew. */
    boolean isMoving() {
        return phase == Phase.MOVING;
    }

    boolean isTrial() {
        return phase == Phase.TRIAL;
    }

    /** All its tasks run. */
    List<Effect> holds(long checkpointId, long nowMs) {
        String id = operationId;
        forget(nowMs);
        return ledger.completed(
                id,
                "The job runs at parallelism "
                        + job.parallelism()
                        + ", from checkpoint "
                        + checkpointId
                        + ".");
    }

    /** It does not come to run so: the job moves back. */
    List<Effect> goBack(FailureReport why) {
        phase = Phase.MOVING;
        goesBack = true;
        FailureReport told =
                why.leadingTo(
                        ErrorCode.RESCALE_FAILED,
                        "job "
                                + job.accepted().jobId()
                                + " did not come to run at parallelism "
                                + job.parallelism()
                                + ", and goes on at the one that it had: "
                                + why.summary());
        List<Effect> effects = new ArrayList<>();
        effects.add(journal(next, told));
        effects.addAll(ledger.failed(operationId, told));
        return effects;
    }

    private Effect journal(ScaledJob to, FailureReport why) {
        return new Effect.Journal(
                new JournalEntry.JobRescaled(
                        job.accepted().jobId(), operationId, to.parallelism(), why));
    }

    /** What the job is when it has moved. */
    ScaledJob next() {
        return next;
    }

    /** What the job begins as when it has moved; null if it goes back to what it was. */
    Trial trial() {
        return goesBack ? null : new Trial(operationId, job);
    }

    /** Gives its slots back. */
    void vacate(long nowMs) {
        if (extra != null) {
            extra.vacate(nowMs);
            extra = null;
        }
    }

    private void forget(long nowMs) {
        vacate(nowMs);
        phase = Phase.NONE;
        operationId = null;
        next = null;
    }

    private static FailureReport report(String summary) {
        return new FailureReport(ErrorCode.RESCALE_FAILED, summary, "", null);
    }
}
