package io.millrace.api.stream;

import io.millrace.api.option.Configuration;

/** Makes the environments of programs, in place of the usual ones. Any thread. */
@FunctionalInterface
public interface StreamExecutionEnvironmentFactory {
    StreamExecutionEnvironment createExecutionEnvironment(Configuration configuration);
}
