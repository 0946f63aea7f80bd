package io.millrace.benchmarks.startup;

import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.StreamExecutionEnvironment;

/** Counts until somebody cancels it. */
public final class Endless {
    private Endless() {}

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(4);
        env.fromSequence(0, Long.MAX_VALUE - 1)
                .map(number -> number + 1)
                .sinkTo(new DiscardingSink<>());
        env.execute("Endless");
    }
}
