package io.millrace.api.function;

import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReadOnlyBroadcastState;

/** What process functions with broadcast state have in common: their contexts. */
public abstract class BaseBroadcastProcessFunction extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    /** What is known about a record of either side. Implemented by the engine. */
    abstract class BaseContext {
        /** Milliseconds since the epoch, or null if the record has no timestamp. */
        public abstract Long timestamp();

        /** Emits a record to a side output, with the timestamp of the current one. */
        public abstract <X> void output(OutputTag<X> outputTag, X value);

        /** The wall clock, in milliseconds since the epoch. */
        public abstract long currentProcessingTime();

        /** How far event time has come; {@code Long.MIN_VALUE} before the first watermark. */
        public abstract long currentWatermark();
    }

    /** For broadcast records, which may change the state. */
    public abstract class Context extends BaseContext {
        /**
         * @throws IllegalArgumentException if {@code broadcast()} was not given the descriptor
         */
        public abstract <K, V> BroadcastState<K, V> getBroadcastState(
                MapStateDescriptor<K, V> stateDescriptor);
    }

    /** For the other records, which may look at it. */
    public abstract class ReadOnlyContext extends BaseContext {
        /**
         * @throws IllegalArgumentException if {@code broadcast()} was not given the descriptor
         */
        public abstract <K, V> ReadOnlyBroadcastState<K, V> getBroadcastState(
                MapStateDescriptor<K, V> stateDescriptor);
    }
}
