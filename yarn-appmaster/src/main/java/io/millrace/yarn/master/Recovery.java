package io.millrace.yarn.master;

import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.journal.JournalEntry;
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
 */
record Recovery(JobId jobId, JobResult result, JobId unfinished) {
    /**
     * A program whose last job has ended, or commits, is not run again. One whose only jobs were
     * not so far is: nothing that they prepared was visible. Between the two, running {@code main}
     * would repeat what has been committed, so it is refused.
     */
    static Recovery of(List<JournalEntry> journal) {
        Map<JobId, JobResult> ended = new LinkedHashMap<>();
        Map<JobId, Boolean> committing = new LinkedHashMap<>();
        JobId last = null;
        boolean lasting = false;
        for (JournalEntry entry : journal) {
            switch (entry.kind()) {
                case JOB_ACCEPTED -> last = entry.jobId();
                case CHECKPOINT_IDS_RESERVED -> {}
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
            return new Recovery(null, null, null);
        }
        if (ended.containsKey(last) || committing.containsKey(last)) {
            return new Recovery(last, ended.get(last), null);
        }
        return new Recovery(null, null, lasting ? last : null);
    }

    boolean runsProgram() {
        return jobId == null && unfinished == null;
    }
}
