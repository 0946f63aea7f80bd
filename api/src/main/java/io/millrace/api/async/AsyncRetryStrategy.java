package io.millrace.api.async;

import java.io.Serializable;

/** Whether and when an attempt is repeated. Called on the task's thread. */
public interface AsyncRetryStrategy<OUT> extends Serializable {
    /**
     * @param currentAttempts how many attempts there have been, from 1
     */
    boolean canRetry(int currentAttempts);

    /**
     * The pause before the next attempt, in milliseconds.
     *
     * @param currentAttempts how many attempts there have been, from 1
     */
    long getBackoffTimeMillis(int currentAttempts);

    AsyncRetryPredicate<OUT> getRetryPredicate();
}
