package io.millrace.runtime.operator;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.KeyedStateFunction;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReadOnlyBroadcastState;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/** The contexts of functions with broadcast state, as {@link FunctionContexts}. */
final class BroadcastContexts {
    private BroadcastContexts() {}

    static BroadcastProcessFunction<Object, Object, Object>.Context of(
            BroadcastProcessFunction<Object, Object, Object> function,
            RecordMoment moment,
            TimerService time,
            SideOutputs sides,
            BroadcastTables tables) {
        return function.new Context() {
            @Override
            public Long timestamp() {
                return RecordTime.boxed(moment.timestampMs);
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                sides.emit(outputTag, value, moment.timestampMs);
            }

            @Override
            public long currentProcessingTime() {
                return time.currentProcessingTime();
            }

            @Override
            public long currentWatermark() {
                return time.currentWatermark();
            }

            @Override
            public <K, V> BroadcastState<K, V> getBroadcastState(
                    MapStateDescriptor<K, V> stateDescriptor) {
                return tables.of(stateDescriptor);
            }
        };
    }

    static BroadcastProcessFunction<Object, Object, Object>.ReadOnlyContext readOnlyOf(
            BroadcastProcessFunction<Object, Object, Object> function,
            RecordMoment moment,
            TimerService time,
            SideOutputs sides,
            BroadcastTables tables) {
        return function.new ReadOnlyContext() {
            @Override
            public Long timestamp() {
                return RecordTime.boxed(moment.timestampMs);
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                sides.emit(outputTag, value, moment.timestampMs);
            }

            @Override
            public long currentProcessingTime() {
                return time.currentProcessingTime();
            }

            @Override
            public long currentWatermark() {
                return time.currentWatermark();
            }

            @Override
            public <K, V> ReadOnlyBroadcastState<K, V> getBroadcastState(
                    MapStateDescriptor<K, V> stateDescriptor) {
                return new ReadOnlyTable<>(tables.of(stateDescriptor));
            }
        };
    }

    static KeyedBroadcastProcessFunction<Object, Object, Object, Object>.Context of(
            KeyedBroadcastProcessFunction<Object, Object, Object, Object> function,
            RecordMoment moment,
            TimerService time,
            SideOutputs sides,
            BroadcastTables tables,
            KeyedScope keys) {
        return function.new Context() {
            @Override
            public Long timestamp() {
                return RecordTime.boxed(moment.timestampMs);
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                sides.emit(outputTag, value, moment.timestampMs);
            }

            @Override
            public long currentProcessingTime() {
                return time.currentProcessingTime();
            }

            @Override
            public long currentWatermark() {
                return time.currentWatermark();
            }

            @Override
            public <K, V> BroadcastState<K, V> getBroadcastState(
                    MapStateDescriptor<K, V> stateDescriptor) {
                return tables.of(stateDescriptor);
            }

            @Override
            public <VS, S extends State> void applyToKeyedState(
                    StateDescriptor<S, VS> stateDescriptor,
                    KeyedStateFunction<Object, S> stateFunction) {
                keys.forEachKey(stateDescriptor, stateFunction);
            }
        };
    }

    static KeyedBroadcastProcessFunction<Object, Object, Object, Object>.ReadOnlyContext readOnlyOf(
            KeyedBroadcastProcessFunction<Object, Object, Object, Object> function,
            RecordMoment moment,
            TimerService time,
            SideOutputs sides,
            BroadcastTables tables) {
        return function.new ReadOnlyContext() {
            @Override
            public Long timestamp() {
                return RecordTime.boxed(moment.timestampMs);
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                sides.emit(outputTag, value, moment.timestampMs);
            }

            @Override
            public long currentProcessingTime() {
                return time.currentProcessingTime();
            }

            @Override
            public long currentWatermark() {
                return time.currentWatermark();
            }

            @Override
            public TimerService timerService() {
                return time;
            }

            @Override
            public Object getCurrentKey() {
                return moment.key;
            }

            @Override
            public <K, V> ReadOnlyBroadcastState<K, V> getBroadcastState(
                    MapStateDescriptor<K, V> stateDescriptor) {
                return new ReadOnlyTable<>(tables.of(stateDescriptor));
            }
        };
    }

    static KeyedBroadcastProcessFunction<Object, Object, Object, Object>.OnTimerContext ofTimer(
            KeyedBroadcastProcessFunction<Object, Object, Object, Object> function,
            RecordMoment moment,
            TimerService time,
            SideOutputs sides,
            BroadcastTables tables) {
        return function.new OnTimerContext() {
            @Override
            public Long timestamp() {
                return moment.timerMs;
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                sides.emit(outputTag, value, moment.timestampMs);
            }

            @Override
            public long currentProcessingTime() {
                return time.currentProcessingTime();
            }

            @Override
            public long currentWatermark() {
                return time.currentWatermark();
            }

            @Override
            public TimerService timerService() {
                return time;
            }

            @Override
            public TimeDomain timeDomain() {
                return moment.domain;
            }

            @Override
            public Object getCurrentKey() {
                return moment.key;
            }

            @Override
            public <K, V> ReadOnlyBroadcastState<K, V> getBroadcastState(
                    MapStateDescriptor<K, V> stateDescriptor) {
                return new ReadOnlyTable<>(tables.of(stateDescriptor));
            }
        };
    }
}
