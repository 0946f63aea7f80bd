package io.millrace.api.option;

import io.millrace.api.stream.RuntimeExecutionMode;

/** How a program's job runs, as keys for {@link Configuration}. */
public final class ExecutionOptions {
    /** STREAMING, BATCH or AUTOMATIC. */
    public static final ConfigOption<RuntimeExecutionMode> RUNTIME_MODE =
            ConfigOption.of(PipelineOptions.RUNTIME_MODE);

    private ExecutionOptions() {}
}
