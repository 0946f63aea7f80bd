package io.millrace.examples;

import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.StreamExecutionEnvironment;

/** Counts from 0 for as long as nobody cancels it: something to try {@code millrace cancel} on. */
public final class Counter {
    private Counter() {}

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(0, Long.MAX_VALUE - 1)
                .name("numbers")
                .filter(number -> number % 2 == 0)
                .name("even")
                .sinkTo(new DiscardingSink<>())
                .name("nowhere");
        env.execute("Counter");
    }
}
