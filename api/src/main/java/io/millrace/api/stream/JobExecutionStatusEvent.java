package io.millrace.api.stream;

/** A job has come from one status to another. */
public interface JobExecutionStatusEvent extends JobStatusChangedEvent {
    JobStatus oldStatus();

    JobStatus newStatus();

    /** What the job failed with, if it did; else null. */
    Throwable exception();
}
