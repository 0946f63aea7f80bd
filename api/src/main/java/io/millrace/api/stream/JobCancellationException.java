package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;

/** A job was cancelled before it had finished. */
public class JobCancellationException extends JobExecutionException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message by whom, without the code's name
     * @param cause null if nothing was thrown
     */
    public JobCancellationException(JobID jobID, String message, Throwable cause) {
        super(jobID, ErrorCode.JOB_CANCELED, message, cause);
    }
}
