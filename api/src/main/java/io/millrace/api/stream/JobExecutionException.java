package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/**
 * A job did not finish. What made it fail is the cause: if a function threw it, the exception of
 * the function's, with its own causes, though it comes from another process.
 *
 * <p>An exception whose class is missing here, or that cannot be serialized, is a {@link
 * io.millrace.api.error.SerializedThrowable}.
 */
public class JobExecutionException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final JobID jobID;

    /**
     * @param message what, where, numbers and advice, without the code's name
     * @param cause null if nothing was thrown
     */
    public JobExecutionException(JobID jobID, ErrorCode code, String message, Throwable cause) {
        super(code, message, cause);
        this.jobID = jobID;
    }

    /** The job's. */
    public JobID getJobID() {
        return jobID;
    }
}
