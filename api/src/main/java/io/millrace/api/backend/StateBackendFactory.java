package io.millrace.api.backend;

import io.millrace.api.option.ReadableConfig;
import java.io.IOException;

/** Makes a description of a state back end from options. */
public interface StateBackendFactory<T extends StateBackend> {
    T createFromConfig(ReadableConfig config, ClassLoader classLoader) throws IOException;
}
