package io.millrace.api.function;

/**
 * Sets the context class loader of the current thread until it is closed, for try-with-resources.
 * Opened and closed by the same thread.
 */
public final class TemporaryClassLoaderContext implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();

    private TemporaryClassLoaderContext(ClassLoader during) {
        thread.setContextClassLoader(during);
    }

    public static TemporaryClassLoaderContext of(ClassLoader cl) {
        return new TemporaryClassLoaderContext(cl);
    }

    @Override
    public void close() {
        thread.setContextClassLoader(before);
    }
}
