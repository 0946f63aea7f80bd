package io.millrace.state.api;

import io.millrace.api.backend.StateBackend;
import io.millrace.api.option.Config;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.runtime.state.BackendName;

/** Names of state back ends that programs mean. Pure. */
final class BackEnd {
    private BackEnd() {}

    /** Such as {@code heap}. */
    static String nameOf(StateBackend backend) {
        return BackendName.of(configOf(backend));
    }

    static Config configOf(StateBackend backend) {
        Configuration values = new Configuration();
        backend.writeTo(values);
        return values.toConfig();
    }

    /** As the environment is configured. */
    static Config configOf(StreamExecutionEnvironment env) {
        return Config.of(env.getConfiguration().toMap());
    }
}
