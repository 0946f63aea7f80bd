package io.millrace.api.function;

/** The loader that sees the user's classes. */
public interface UserCodeClassLoader {
    ClassLoader asClassLoader();
}
