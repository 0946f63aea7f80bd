package io.millrace.api.backend;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.ReadableConfig;

/** Keyed state is objects in memory. */
public class HashMapStateBackend extends AbstractStateBackend {
    private static final long serialVersionUID = 1L;

    public HashMapStateBackend() {}

    /** The same: it has no settings. */
    public HashMapStateBackend configure(ReadableConfig config, ClassLoader classLoader) {
        return this;
    }

    @Override
    public void writeTo(Configuration values) {
        values.set(CheckpointOptions.STATE_BACKEND, "hashmap");
    }

    @Override
    public String toString() {
        return "HashMapStateBackend";
    }
}
