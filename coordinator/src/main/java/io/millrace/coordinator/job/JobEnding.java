package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.checkpoint.CheckpointCoordinator;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.OperationLedger;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;

/**
 * The end of one job: what it will end as while its tasks are being ended, and its result, which is
 * journalled before anybody hears of it. Confined to the coordinator's thread.
 */
final class JobEnding {
    private final JobStatus status;
    private final JobRegions regions;
    private final JobHoldings holdings;
    private final CheckpointCoordinator checkpoints;
    private final RegionClearing clearing;
    private final FinalCommit commit;
    private final OperationLedger operations;
    private final long submittedAtMs;
    private Ending ending; // null unless the job fails or is cancelled
    private JobResult result; // null before its end

    JobEnding(
            JobStatus status,
            JobRegions regions,
            JobHoldings holdings,
            CheckpointCoordinator checkpoints,
            RegionClearing clearing,
            FinalCommit commit,
            OperationLedger operations,
            long submittedAtMs) {
        this.status = status;
        this.regions = regions;
        this.holdings = holdings;
        this.checkpoints = checkpoints;
        this.clearing = clearing;
        this.commit = commit;
        this.operations = operations;
        this.submittedAtMs = submittedAtMs;
    }

    // ---- failing and cancelling

    /** Cancels, unless the job ends already or commits: then it is too late. */
    void cancel(String who, Turn turn) {
        if (status.wantsTasks()) {
            FailureReport failure = JobFailures.cancelled(regions.graph().name(), who);
            begin(new Ending(Outcome.CANCELED, failure, Advice.FAIL), turn);
        }
    }

    /** The job ends so, when nothing of it runs any more. */
    void begin(Ending as, Turn turn) {
        status.become(JobState.CANCELLING);
        ending = as;
        turn.addAll(holdings.waitNoMore());
        clearing.clearForGood(turn);
        turn.addAll(checkpoints.stop(as.failure(), turn.nowMs()));
        finishIfEnded(turn);
    }

    /** While its tasks are being ended, one of them says that the program itself is at fault. */
    void onRootCause(FailureReport cause) {
        ending = ending.withRootCause(cause);
    }

    /**
     * Output that checkpoints have promised cannot be committed.
     *
     * @return whether the job is being cancelled: then it fails for that instead
     */
    boolean onOutputLost(FailureReport lost) {
        if (!status.is(JobState.CANCELLING) || ending.outcome() != Outcome.CANCELED) {
            return false;
        }
        ending = ending.withLostOutput(lost);
        return true;
    }

    /** Ends the job if it fails or is cancelled, and nothing is left to be done for that. */
    void finishIfEnded(Turn turn) {
        if (status.is(JobState.CANCELLING) && regions.allEnded() && checkpoints.isSettled()) {
            finish(ending.outcome(), ending.failure(), turn);
        }
    }

    // ---- succeeding

    /** Ends the job if its last commit is over. */
    void finishIfCommitted(Turn turn) {
        if (commit.isOver()) {
            FailureReport failure = commit.failure();
            finish(failure == null ? Outcome.FINISHED : Outcome.FAILED, failure, turn);
        }
    }

    private void finish(Outcome outcome, FailureReport failure, Turn turn) {
        JournalEntry.CommitStarted counted = commit.counted();
        JobGraph graph = regions.graph();
        result =
                new JobResult(
                        graph.jobId(),
                        graph.name(),
                        outcome,
                        failure,
                        turn.nowMs(),
                        Math.max(0, turn.nowMs() - submittedAtMs),
                        counted.recordsIn(),
                        counted.recordsOut(),
                        outcome == Outcome.FINISHED ? counted.accumulators() : List.of());
        turn.add(new Effect.Journal(new JournalEntry.JobEnded(result)));
        turn.addAll(operations.jobEnded(result, counted.stoppedBy(), commit.note()));
        turn.addAll(checkpoints.close(outcome));
        turn.addAll(holdings.giveBack(turn.nowMs()));
        turn.add(new Effect.JobEnded(result));
        status.become(JobState.of(outcome));
    }

    /** Why the job fails, has failed or was cancelled; null if it has not. */
    FailureReport failure() {
        if (result != null) {
            return result.failure();
        }
        return ending == null ? null : ending.failure();
    }

    /** Null before its end. */
    JobResult result() {
        return result;
    }
}
