package io.millrace.coordinator.job;

import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.checkpoint.CheckpointCoordinator;
import io.millrace.coordinator.checkpoint.Savepoints;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.AttemptId;

/**
 * The commit of a job that has succeeded: it begins when all tasks have finished, or with a
 * savepoint that the job ends with, is journalled first, and is never taken back. Confined to the
 * coordinator's thread.
 */
final class FinalCommit {
    private final JobStatus status;
    private final JobRegions regions;
    private final CheckpointCoordinator checkpoints;
    private final RegionClearing clearing;
    private final JobSlots slots;
    private final FailureLog failures;
    private final CoordinatorSettings settings;
    private Committing committing; // null before it begins
    private Stopping stopping; // null unless the job ends with a savepoint

    FinalCommit(
            JobStatus status,
            JobRegions regions,
            CheckpointCoordinator checkpoints,
            RegionClearing clearing,
            JobSlots slots,
            FailureLog failures,
            CoordinatorSettings settings) {
        this.status = status;
        this.regions = regions;
        this.checkpoints = checkpoints;
        this.clearing = clearing;
        this.slots = slots;
        this.failures = failures;
        this.settings = settings;
    }

    // ---- its beginning

    /** An earlier leader had begun it. */
    void takeOver(JournalEntry.CommitStarted started, Turn turn) {
        status.become(JobState.COMMITTING);
        committing = new Committing(started, endsOutput(started), settings);
        stopping = started.stoppedBy() == null ? null : new Stopping(true);
        turn.addAll(committing.start(regions.graph()));
    }

    /** Whether no output can follow; after a savepoint that suspends a job, another goes on. */
    private boolean endsOutput(JournalEntry.CommitStarted started) {
        return started.stoppedBy() == null || checkpoints.savepoints().drains(started.stoppedBy());
    }

    /** Begins if all tasks have finished, and nothing of checkpoints is open. */
    void beginIfFinished(Turn turn) {
        if (status.is(JobState.RUNNING)
                && regions.allFinished()
                && regions.allEnded()
                && checkpoints.isQuiet()) {
            turn.addAll(checkpoints.stop(JobFailures.allFinished(), turn.nowMs()));
            status.become(JobState.COMMITTING);
            committing = new Committing(counted(), true, settings);
            turn.add(new Effect.Journal(committing.entry()));
            turn.addAll(committing.start(regions.graph()));
            slots.vacate(turn.nowMs());
        }
    }

    /** From here on the job only commits, and its tasks end when their functions have heard. */
    void beginWith(Savepoints.Stop stop, Turn turn) {
        JournalEntry.CommitStarted sums = counted();
        turn.addAll(checkpoints.stop(JobFailures.stopped(), turn.nowMs()));
        status.become(JobState.COMMITTING);
        stopping = new Stopping(false);
        committing =
                new Committing(
                        new JournalEntry.CommitStarted(
                                sums.jobId(),
                                stop.committables(),
                                sums.accumulators(),
                                sums.recordsIn(),
                                sums.recordsOut(),
                                stop.operationId()),
                        checkpoints.savepoints().drains(stop.operationId()),
                        settings);
        turn.add(new Effect.Journal(committing.entry()));
        clearing.stopAll(stop.checkpointId(), turn);
        turn.addAll(committing.start(regions.graph()));
    }

    // ---- its course

    /** The committers are through, with this failure or, if it is null, with success. */
    void onEnded(FailureReport failure, Turn turn) {
        if (!committing.isUnderWay()) {
            return;
        }
        if (failure == null) {
            committing.end(null);
            return;
        }
        status.changed();
        failures.add(turn.nowMs(), failure, "commit", null);
        CommitDecision decision = committing.failed(failure);
        if (decision instanceof CommitDecision.Retry retry) {
            JobTimers timers = new JobTimers(committing.entry().jobId());
            TimerId timer = timers.of(Purpose.COMMIT_RETRY, committing.tries());
            turn.add(new Effect.SetTimer(timer, retry.delayMs()));
        } else if (decision instanceof CommitDecision.Fail fail) {
            committing.end(fail.failure());
        }
    }

    void onRetryDue(TimerId timer, Turn turn) {
        if (status.is(JobState.COMMITTING) && committing.isDue(timer.generation())) {
            turn.addAll(committing.start(regions.graph()));
        }
    }

    /** A task has ended; if a savepoint ended it, without having told that it has heard of that. */
    void unheard(AttemptId attempt) {
        if (stopping != null) {
            stopping.unheard(attempt);
        }
    }

    // ---- how it stands

    /** Whether the job ends with a savepoint. */
    boolean isStop() {
        return stopping != null;
    }

    /** Whether nothing more will be committed, and nothing of the job runs. */
    boolean isOver() {
        return status.is(JobState.COMMITTING) && committing.isOver() && regions.allEnded();
    }

    /** Why not everything is committed; null if everything is. */
    FailureReport failure() {
        return committing.failure();
    }

    /** What is perhaps not committed, for who asked the job to stop; null if everything is. */
    String note() {
        return stopping == null ? null : stopping.note();
    }

    /** What is to be committed, and what the current attempts have counted. */
    JournalEntry.CommitStarted counted() {
        return committing == null
                ? new JournalEntry.CommitStarted(
                        regions.graph().jobId(),
                        checkpoints.lastOutput(),
                        regions.accumulators(),
                        JobPage.recordsIn(regions.graph(), regions),
                        JobPage.recordsOut(regions.graph(), regions))
                : committing.entry();
    }
}
