package io.millrace.api.backend;

import io.millrace.api.option.ReadableConfig;

/**
 * Makes {@link MemoryStateBackend}.
 *
 * @deprecated use {@link HashMapStateBackend}
 */
@Deprecated
public class MemoryStateBackendFactory implements StateBackendFactory<MemoryStateBackend> {
    public MemoryStateBackendFactory() {}

    @Override
    public MemoryStateBackend createFromConfig(ReadableConfig config, ClassLoader classLoader) {
        return new MemoryStateBackend().configure(config, classLoader);
    }
}
