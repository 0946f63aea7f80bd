package io.millrace.api.function;

import io.millrace.api.stream.JobID;

/** The job that a function runs in. Immutable. */
public interface JobInfo {
    JobID getJobId();

    String getJobName();
}
