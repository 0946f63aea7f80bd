package io.millrace.runtime.operator;

import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/**
 * The contexts that process functions are given. They are inner classes of the user's function, and
 * stand here because operator classes may not have nested classes.
 */
final class FunctionContexts {
    private FunctionContexts() {}

    static ProcessFunction<Object, Object>.Context of(
            ProcessFunction<Object, Object> function,
            RecordMoment moment,
            TimerService time,
            SideOutputs sides) {
        return function.new Context() {
            @Override
            public Long timestamp() {
                return RecordTime.boxed(moment.timestampMs);
            }

            @Override
            public TimerService timerService() {
                return time;
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                sides.emit(outputTag, value, moment.timestampMs);
            }
        };
    }

    static KeyedProcessFunction<Object, Object, Object>.Context of(
            KeyedProcessFunction<Object, Object, Object> function,
            RecordMoment moment,
            TimerService time,
            SideOutputs sides) {
        return function.new Context() {
            @Override
            public Long timestamp() {
                return RecordTime.boxed(moment.timestampMs);
            }

            @Override
            public TimerService timerService() {
                return time;
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                sides.emit(outputTag, value, moment.timestampMs);
            }

            @Override
            public Object getCurrentKey() {
                return moment.key;
            }
        };
    }

    static KeyedProcessFunction<Object, Object, Object>.OnTimerContext ofTimer(
            KeyedProcessFunction<Object, Object, Object> function,
            RecordMoment moment,
            TimerService time,
            SideOutputs sides) {
        return function.new OnTimerContext() {
            @Override
            public Long timestamp() {
                return moment.timerMs;
            }

            @Override
            public TimerService timerService() {
                return time;
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                sides.emit(outputTag, value, moment.timestampMs);
            }

            @Override
            public TimeDomain timeDomain() {
                return moment.domain;
            }

            @Override
            public Object getCurrentKey() {
                return moment.key;
            }
        };
    }
}
