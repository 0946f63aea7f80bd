package io.millrace.api.stream;

/**
 * Hears of the jobs of an environment. Called on the thread of {@code main()} that executes; what
 * it throws is logged and goes no further.
 */
public interface JobListener {
    /**
     * A job was submitted, or was refused.
     *
     * @param jobClient null if it was refused
     * @param throwable why it was refused, else null
     */
    void onJobSubmitted(JobClient jobClient, Throwable throwable);

    /**
     * A job that {@code execute()} waited for has ended. Not called after {@code executeAsync()},
     * where nobody waits.
     *
     * @param jobExecutionResult null if the job did not finish
     * @param throwable why it did not, else null
     */
    void onJobExecuted(JobExecutionResult jobExecutionResult, Throwable throwable);
}
