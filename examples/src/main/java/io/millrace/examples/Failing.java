package io.millrace.examples;

import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.StreamExecutionEnvironment;

/**
 * Fails in its own function at the number {@code --at}, 1000 if not given: to see what that looks
 * like.
 */
public final class Failing {
    private Failing() {}

    public static void main(String[] args) throws Exception {
        long at = Long.parseLong(Arguments.parse(args).or("at", "1000"));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(1, 1_000_000)
                .name("numbers")
                .map(number -> divide(number, number - at))
                .name("divides")
                .sinkTo(new DiscardingSink<>())
                .name("nowhere");
        env.execute("Failing");
    }

    private static long divide(long number, long by) {
        return number / by;
    }
}
