package io.millrace.api.stream;

import io.millrace.api.graph.JobExecutor;
import io.millrace.api.option.Configuration;

/**
 * An environment that always runs in this process, wherever the program was submitted to. Its
 * parallelism is 1; {@code createLocalEnvironment} makes one that uses all processors.
 */
public class LocalStreamEnvironment extends StreamExecutionEnvironment {
    public LocalStreamEnvironment() {
        this(new Configuration());
    }

    public LocalStreamEnvironment(Configuration configuration) {
        super(Executors.embedded(), configuration);
        setParallelism(1);
    }

    LocalStreamEnvironment(JobExecutor executor, Configuration configuration) {
        super(executor, configuration);
    }
}
