package io.millrace.api.stream;

/** A job that has been submitted. Immutable. */
public class JobSubmissionResult {
    private final JobID jobID;

    public JobSubmissionResult(JobID jobID) {
        this.jobID = jobID;
    }

    public JobID getJobID() {
        return jobID;
    }

    /** True if the job has ended and this is a {@link JobExecutionResult}. */
    public boolean isJobExecutionResult() {
        return false;
    }

    /** This, if the job has ended. */
    public JobExecutionResult getJobExecutionResult() {
        throw new ClassCastException(
                "Job " + jobID + " was submitted detached: its result is not known here.");
    }
}
