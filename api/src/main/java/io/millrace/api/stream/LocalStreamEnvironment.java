package io.millrace.api.stream;

import io.millrace.api.graph.JobExecutor;
import io.millrace.api.option.Configuration;

/** An environment that always runs in this process, wherever the program was submitted to. */
public class LocalStreamEnvironment extends StreamExecutionEnvironment {
    public LocalStreamEnvironment() {
        this(new Configuration());
    }

    public LocalStreamEnvironment(Configuration configuration) {
        super(Executors.embedded(), configuration);
    }

    LocalStreamEnvironment(JobExecutor executor, Configuration configuration) {
        super(executor, configuration);
    }
}
