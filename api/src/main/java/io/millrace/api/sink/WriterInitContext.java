package io.millrace.api.sink;

import io.millrace.api.function.UserCodeClassLoader;

/** What a writer is given when it is made. */
public interface WriterInitContext extends InitContext {
    UserCodeClassLoader getUserCodeClassLoader();

    boolean isObjectReuseEnabled();
}
