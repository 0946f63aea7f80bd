package io.millrace.api.dataset;

import io.millrace.api.option.Configuration;
import io.millrace.api.stream.StreamExecutionEnvironment;

/** An environment that always runs in this process, wherever the program was submitted to. */
public class LocalEnvironment extends ExecutionEnvironment {
    public LocalEnvironment() {
        this(new Configuration());
    }

    public LocalEnvironment(Configuration config) {
        this(StreamExecutionEnvironment.createLocalEnvironment(config));
    }

    LocalEnvironment(StreamExecutionEnvironment streams) {
        super(streams);
    }
}
