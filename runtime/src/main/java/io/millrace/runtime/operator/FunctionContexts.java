package io.millrace.runtime.operator;

import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ProcessFunction;

/**
 * The contexts that process functions are given. They are inner classes of the user's function, and
 * stand here because operator classes may not have nested classes.
 */
final class FunctionContexts {
    private FunctionContexts() {}

    static ProcessFunction<Object, Object>.Context of(
            ProcessFunction<Object, Object> function, RecordMoment moment) {
        return function.new Context() {
            @Override
            public Long timestamp() {
                return RecordTime.boxed(moment.timestampMs);
            }
        };
    }

    static KeyedProcessFunction<Object, Object, Object>.Context of(
            KeyedProcessFunction<Object, Object, Object> function, RecordMoment moment) {
        return function.new Context() {
            @Override
            public Long timestamp() {
                return RecordTime.boxed(moment.timestampMs);
            }

            @Override
            public Object getCurrentKey() {
                return moment.key;
            }
        };
    }
}
