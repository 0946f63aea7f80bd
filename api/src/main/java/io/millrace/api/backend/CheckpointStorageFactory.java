package io.millrace.api.backend;

import io.millrace.api.option.ReadableConfig;

/** Makes a description of checkpoint storage from options. */
public interface CheckpointStorageFactory<T extends CheckpointStorage> {
    T createFromConfig(ReadableConfig config, ClassLoader classLoader);
}
