package io.millrace.host.submit;

import io.millrace.coordinator.checkpoint.CheckpointPolicy;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The jobs that a program submitted under earlier leaders, in their order. Immutable.
 *
 * <p>When the program's {@code main} runs again, its n-th submission is the n-th of these.
 */
public record EarlierJobs(List<Earlier> jobs) {
    public static final EarlierJobs NONE = new EarlierJobs(List.of());

    public EarlierJobs {
        jobs = List.copyOf(jobs);
    }

    /**
     * A job as it was accepted.
     *
     * @param ended whether it has a result, or only commits what is decided
     * @param resumes whether it goes on, if it has not ended: from checkpoints or finished stages
     */
    public record Earlier(JobGraph graph, boolean ended, boolean resumes) {
        /** Whether the new leader has brought it back, or knows how it ended. */
        boolean isKnown() {
            return ended || resumes;
        }
    }

    public static EarlierJobs of(List<JournalEntry> journal) {
        Map<JobId, JobGraph> accepted = new LinkedHashMap<>();
        Set<JobId> ended = new LinkedHashSet<>();
        Set<JobId> staged = new LinkedHashSet<>();
        for (JournalEntry entry : journal) {
            switch (entry.kind()) {
                case JOB_ACCEPTED ->
                        accepted.putIfAbsent(
                                entry.jobId(), ((JournalEntry.JobAccepted) entry).graph());
                case COMMIT_STARTED, JOB_ENDED -> ended.add(entry.jobId());
                case ATTEMPTS_RESERVED -> staged.add(entry.jobId());
                case CHECKPOINT_IDS_RESERVED,
                        STAGES_PROGRESSED,
                        OPERATION_ACCEPTED,
                        OPERATION_PLACED,
                        OPERATION_ENDED -> {}
            }
        }
        List<Earlier> jobs = new ArrayList<>();
        accepted.forEach(
                (id, graph) ->
                        jobs.add(
                                new Earlier(
                                        graph,
                                        ended.contains(id),
                                        staged.contains(id)
                                                || CheckpointPolicy.of(graph).isEnabled())));
        return new EarlierJobs(jobs);
    }

    /** Whether a job goes on from its checkpoints or its finished stages. */
    public boolean anyResumes() {
        return jobs.stream().anyMatch(job -> !job.ended() && job.resumes());
    }
}
