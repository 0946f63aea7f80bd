package io.millrace.yarn.master;

import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.host.submit.EarlierJobs;
import io.millrace.runtime.plan.JobId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an attempt does with what the ones before it have left in the journal. Immutable.
 *
 * @param jobId of the job that is to be awaited, or has ended; null if the program runs
 * @param result set if it has ended
 * @param unfinished a job that came after one that had ended, and cannot be repeated alone; or null
 * @param earlier the jobs that the program meets when it runs again
 */
record Recovery(JobId jobId, JobResult result, JobId unfinished, EarlierJobs earlier) {
    /*
     * A job with checkpoints goes on by itself; main only has to find it. Main runs all the same: it may
     * have more jobs to submit, in the background or afterwards, and whoever awaits a job's result wants
     * it. Not to run it would lose those jobs without a word. What it submits is matched by number, and
     * must be the same; if it is not, or if main fails where it did not fail before, the job that runs is
     * not touched by that.
     */

    /**
     * A program of which a job has checkpoints or stages and has not ended runs again, and meets
     * its jobs. Any other whose last job has ended, or commits, is not run again. One whose only
     * jobs were not so far is: nothing that they prepared was visible. Between the two, running
     * {@code main} would repeat what has been committed, so it is refused.
     */
    static Recovery of(List<JournalEntry> journal) {
        EarlierJobs earlier = EarlierJobs.of(journal);
        if (earlier.anyResumes()) {
            return new Recovery(null, null, null, earlier);
        }
        Map<JobId, JobResult> ended = new LinkedHashMap<>();
        Map<JobId, Boolean> committing = new LinkedHashMap<>();
        JobId last = null;
        boolean lasting = false;
        for (JournalEntry entry : journal) {
            switch (entry.kind()) {
                case JOB_ACCEPTED -> last = entry.jobId();
                case CHECKPOINT_IDS_RESERVED,
                        ATTEMPTS_RESERVED,
                        STAGES_PROGRESSED,
                        OPERATION_ACCEPTED,
                        OPERATION_PLACED,
                        OPERATION_ENDED,
                        JOB_RESCALED -> {}
                case COMMIT_STARTED -> {
                    committing.put(entry.jobId(), true);
                    lasting = true;
                }
                case JOB_ENDED -> {
                    JobResult result = ((JournalEntry.JobEnded) entry).result();
                    ended.put(entry.jobId(), result);
                    lasting |= result.outcome() == JobResult.Outcome.FINISHED;
                }
            }
        }
        if (last == null) {
            return new Recovery(null, null, null, EarlierJobs.NONE);
        }
        if (ended.containsKey(last) || committing.containsKey(last)) {
            return new Recovery(last, ended.get(last), null, EarlierJobs.NONE);
        }
        return new Recovery(null, null, lasting ? last : null, EarlierJobs.NONE);
    }

    boolean runsProgram() {
        return jobId == null && unfinished == null;
    }
}
