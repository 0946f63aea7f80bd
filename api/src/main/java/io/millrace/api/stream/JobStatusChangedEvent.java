package io.millrace.api.stream;

/** Something about the status of a job. */
public interface JobStatusChangedEvent {
    JobID jobId();

    String jobName();
}
