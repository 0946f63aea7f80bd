package io.millrace.host.submit;

import io.millrace.api.stream.JobExecutionException;
import io.millrace.api.stream.JobID;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobId;

/** How a job's failure is thrown in its program. Pure, but for the user's code in exceptions. */
final class Failures {
    private Failures() {}

    /**
     * @param user sees the classes of the program's exceptions
     */
    static JobExecutionException exception(JobId jobId, FailureReport failure, ClassLoader user) {
        boolean named =
                failure.operator() == null || failure.summary().contains(failure.operator());
        return new JobExecutionException(
                JobID.fromHexString(jobId.hex()),
                failure.code(),
                (named ? "" : "operator '" + failure.operator() + "': ") + failure.summary(),
                cause(failure, user));
    }

    /** What was thrown; in words if that is all there is; null if nothing was thrown. */
    private static Throwable cause(FailureReport failure, ClassLoader user) {
        if (failure.thrown() != null) {
            return failure.thrown().restore(user);
        }
        return failure.stackTrace() == null || failure.stackTrace().isBlank()
                ? null
                : new RemoteFailure(failure.stackTrace());
    }
}
