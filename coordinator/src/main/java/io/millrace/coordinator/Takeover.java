package io.millrace.coordinator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.checkpoint.CheckpointPolicy;
import io.millrace.coordinator.dispatch.Dispatcher;
import io.millrace.coordinator.job.JobMaster;
import io.millrace.coordinator.job.JobSurroundings;
import io.millrace.coordinator.job.Turn;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.journal.StageHistory;
import io.millrace.coordinator.operation.OperationLedger;
import io.millrace.coordinator.schedule.ScaledJob;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes over what earlier leaders have written in the journal. Used once, on the coordinator's
 * thread, before anything else happens.
 *
 * <p>A job that ended stays ended: its result is known. One that had begun to commit commits again,
 * which is idempotent, and never runs again. One that takes checkpoints goes on from its latest,
 * one of stages from those that have finished. Any other that had only been accepted is dropped:
 * its program runs again in the new process and submits it anew.
 */
final class Takeover {
    private final JobSurroundings surroundings;
    private final Dispatcher jobs;
    private final OperationLedger operations;
    // What each job has left that has not ended, in the order of the journal.
    private final Map<JobId, JournalEntry.JobAccepted> accepted = new LinkedHashMap<>();
    private final Map<JobId, JournalEntry.CommitStarted> started = new LinkedHashMap<>();
    private final Map<JobId, Long> reservedIds = new LinkedHashMap<>();
    private final Map<JobId, StageHistory> stages = new LinkedHashMap<>();
    private final Map<JobId, List<JournalEntry.JobRescaled>> rescaled = new LinkedHashMap<>();
    // Of jobs that ended with a savepoint, or are doing so: the operation.
    private final Map<JobId, String> stopped = new LinkedHashMap<>();

    /**
     * @param jobs gets the jobs that are known, with their results, and those that go on
     */
    Takeover(JobSurroundings surroundings, Dispatcher jobs) {
        this.surroundings = surroundings;
        this.jobs = jobs;
        this.operations = surroundings.operations();
    }

    /** Reads the whole journal, and lets the jobs go on that have not ended. */
    void of(List<JournalEntry> journal, Turn turn) {
        journal.forEach(this::read);
        started.values().forEach(commit -> goOnCommitting(commit, turn));
        for (JournalEntry.JobAccepted job : accepted.values()) {
            if (!started.containsKey(job.jobId()) && CheckpointPolicy.of(job.graph()).isEnabled()) {
                goOnFromCheckpoint(job, turn);
            }
        }
        for (JournalEntry.JobAccepted job : accepted.values()) {
            if (!started.containsKey(job.jobId()) && stages.containsKey(job.jobId())) {
                add(job).onStagesResumed(stages.get(job.jobId()), turn);
            }
        }
        started.forEach((id, commit) -> stopped.put(id, commit.stoppedBy()));
        turn.addAll(operations.settle(this::resultOf, stopped::get));
    }

    private void read(JournalEntry entry) {
        JobId jobId = entry.jobId();
        switch (entry.kind()) {
            case JOB_ACCEPTED -> accepted.put(jobId, (JournalEntry.JobAccepted) entry);
            case COMMIT_STARTED -> started.put(jobId, (JournalEntry.CommitStarted) entry);
            case CHECKPOINT_IDS_RESERVED ->
                    reservedIds.put(
                            jobId, ((JournalEntry.CheckpointIdsReserved) entry).highestId());
            case ATTEMPTS_RESERVED -> stagesOf(jobId).add((JournalEntry.AttemptsReserved) entry);
            case STAGES_PROGRESSED -> stagesOf(jobId).add((JournalEntry.StagesProgressed) entry);
            case OPERATION_ACCEPTED, OPERATION_PLACED, OPERATION_ENDED -> operations.recover(entry);
            case JOB_RESCALED -> {
                operations.recover(entry);
                rescaled.computeIfAbsent(jobId, id -> new ArrayList<>())
                        .add((JournalEntry.JobRescaled) entry);
            }
            case JOB_ENDED -> {
                accepted.remove(jobId);
                JournalEntry.CommitStarted commit = started.remove(jobId);
                if (commit != null && commit.stoppedBy() != null) {
                    stopped.put(jobId, commit.stoppedBy());
                }
                jobs.rememberResult(((JournalEntry.JobEnded) entry).result());
            }
        }
    }

    private StageHistory stagesOf(JobId jobId) {
        return stages.computeIfAbsent(jobId, id -> new StageHistory());
    }

    private void goOnCommitting(JournalEntry.CommitStarted commit, Turn turn) {
        JournalEntry.JobAccepted job = accepted.get(commit.jobId());
        if (job == null) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "the journal says that job "
                            + commit.jobId()
                            + " began to commit, but not that it was accepted: an entry"
                            + " is missing. Check the journal's files for damage.");
        }
        add(job).onTakenOver(commit, turn);
    }

    private void goOnFromCheckpoint(JournalEntry.JobAccepted job, Turn turn) {
        JobMaster master = add(job);
        master.onResumed(reservedIds.getOrDefault(job.jobId(), 0L), turn);
        List<JournalEntry.JobRescaled> steps = stepsOf(job);
        if (steps.isEmpty()) {
            return;
        }
        // It had moved to the parallelism that it has: nobody knows whether it came to run.
        JournalEntry.JobRescaled last = steps.get(steps.size() - 1);
        if (last.failure() == null && operations.isOpen(last.operationId())) {
            master.onRescaleResumed(
                    last.operationId(), scaled(job, steps.subList(0, steps.size() - 1)));
        }
    }

    /** A job with the parallelism that it was given last. */
    private JobMaster add(JournalEntry.JobAccepted job) {
        JobMaster master =
                new JobMaster(scaled(job, stepsOf(job)), surroundings, job.submittedAtMs());
        jobs.add(master);
        return master;
    }

    private List<JournalEntry.JobRescaled> stepsOf(JournalEntry.JobAccepted job) {
        return rescaled.getOrDefault(job.jobId(), List.of());
    }

    private static ScaledJob scaled(
            JournalEntry.JobAccepted job, List<JournalEntry.JobRescaled> steps) {
        return new ScaledJob(
                job.graph(), steps.isEmpty() ? 0 : steps.get(steps.size() - 1).parallelism());
    }

    private JobResult resultOf(JobId jobId) {
        ClusterView.JobView view = jobs.viewOf(jobId);
        return view == null ? null : view.result();
    }
}
