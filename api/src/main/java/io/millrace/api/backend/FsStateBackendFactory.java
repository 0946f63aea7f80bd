package io.millrace.api.backend;

import io.millrace.api.option.ReadableConfig;

/**
 * Makes {@link FsStateBackend}.
 *
 * @deprecated use {@link HashMapStateBackend}
 */
@Deprecated
public class FsStateBackendFactory implements StateBackendFactory<FsStateBackend> {
    public FsStateBackendFactory() {}

    /**
     * @throws IllegalArgumentException if no directory is configured
     */
    @Override
    public FsStateBackend createFromConfig(ReadableConfig config, ClassLoader classLoader) {
        return new FsStateBackend(
                FileSystemCheckpointStorage.createFromConfig(config, classLoader)
                        .getCheckpointPath());
    }
}
