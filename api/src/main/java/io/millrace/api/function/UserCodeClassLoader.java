package io.millrace.api.function;

/** The loader that sees the user's classes. */
public interface UserCodeClassLoader {
    ClassLoader asClassLoader();

    /** Runs {@code releaseHook} when the job has gone from this worker, unless one has the name. */
    default void registerReleaseHookIfAbsent(String releaseHookName, Runnable releaseHook) {
        throw new UnsupportedOperationException(
                "Nothing is released outside of a worker, so the hook '"
                        + releaseHookName
                        + "' would never run.");
    }
}
