package io.millrace.runtime.operator;

import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessJoinFunction;

/** The times of the pair that a join function is called with. Confined to the task. */
final class PairMoment {
    long leftMs;
    long rightMs;

    long timestampMs() {
        return Math.max(leftMs, rightMs);
    }

    /** What the function is given; one for all its calls. */
    static ProcessJoinFunction<Object, Object, Object>.Context contextOf(
            ProcessJoinFunction<Object, Object, Object> function,
            PairMoment pair,
            SideOutputs sides) {
        return function.new Context() {
            @Override
            public long getLeftTimestamp() {
                return pair.leftMs;
            }

            @Override
            public long getRightTimestamp() {
                return pair.rightMs;
            }

            @Override
            public long getTimestamp() {
                return pair.timestampMs();
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                sides.emit(outputTag, value, pair.timestampMs());
            }
        };
    }
}
