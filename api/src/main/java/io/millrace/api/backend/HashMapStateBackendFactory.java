package io.millrace.api.backend;

import io.millrace.api.option.ReadableConfig;

/** Makes {@link HashMapStateBackend}. */
public class HashMapStateBackendFactory implements StateBackendFactory<HashMapStateBackend> {
    public HashMapStateBackendFactory() {}

    @Override
    public HashMapStateBackend createFromConfig(ReadableConfig config, ClassLoader classLoader) {
        return new HashMapStateBackend().configure(config, classLoader);
    }
}
