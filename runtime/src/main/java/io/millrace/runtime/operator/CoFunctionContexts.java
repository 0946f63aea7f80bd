package io.millrace.runtime.operator;

import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/** The contexts that process functions of two streams are given, as {@link FunctionContexts}. */
final class CoFunctionContexts {
    private CoFunctionContexts() {}

    static CoProcessFunction<Object, Object, Object>.Context of(
            CoProcessFunction<Object, Object, Object> function,
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

    static KeyedCoProcessFunction<Object, Object, Object, Object>.Context of(
            KeyedCoProcessFunction<Object, Object, Object, Object> function,
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

    static KeyedCoProcessFunction<Object, Object, Object, Object>.OnTimerContext ofTimer(
            KeyedCoProcessFunction<Object, Object, Object, Object> function,
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
