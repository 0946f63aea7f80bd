package io.millrace.api.backend;

import io.millrace.api.option.ReadableConfig;

/** Makes {@link EmbeddedRocksDBStateBackend}. */
public class EmbeddedRocksDBStateBackendFactory
        implements StateBackendFactory<EmbeddedRocksDBStateBackend> {
    public EmbeddedRocksDBStateBackendFactory() {}

    @Override
    public EmbeddedRocksDBStateBackend createFromConfig(
            ReadableConfig config, ClassLoader classLoader) {
        return new EmbeddedRocksDBStateBackend().configure(config, classLoader);
    }
}
