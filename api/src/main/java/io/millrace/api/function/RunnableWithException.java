package io.millrace.api.function;

/** A {@link Runnable} that may throw any exception. */
@FunctionalInterface
public interface RunnableWithException extends ThrowingRunnable<Exception> {
    @Override
    void run() throws Exception;
}
