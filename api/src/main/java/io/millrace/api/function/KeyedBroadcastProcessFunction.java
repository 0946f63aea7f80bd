package io.millrace.api.function;

import io.millrace.api.state.KeyedStateFunction;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/**
 * Handles the records of a keyed stream beside those of a broadcast one. Every subtask must do the
 * same to the broadcast state for the same broadcast record.
 *
 * @param <KS> the keys
 * @param <IN1> records of the keyed stream
 * @param <IN2> broadcast records
 * @param <OUT> records out
 */
public abstract class KeyedBroadcastProcessFunction<KS, IN1, IN2, OUT>
        extends BaseBroadcastProcessFunction {
    private static final long serialVersionUID = 1L;

    /** Called for each record of the keyed stream. */
    public abstract void processElement(IN1 value, ReadOnlyContext ctx, Collector<OUT> out)
            throws Exception;

    /** Called for each broadcast record. */
    public abstract void processBroadcastElement(IN2 value, Context ctx, Collector<OUT> out)
            throws Exception;

    /** Called when a timer fires, with the key that it was registered for. */
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<OUT> out) throws Exception {}

    /** For broadcast records. Implemented by the engine. */
    public abstract class Context extends BaseBroadcastProcessFunction.Context {
        /**
         * Calls {@code function} with the state of each key of this subtask that has some, in no
         * particular order.
         */
        public abstract <VS, S extends State> void applyToKeyedState(
                StateDescriptor<S, VS> stateDescriptor, KeyedStateFunction<KS, S> function)
                throws Exception;
    }

    /** For records of the keyed stream. Implemented by the engine. */
    public abstract class ReadOnlyContext extends BaseBroadcastProcessFunction.ReadOnlyContext {
        public abstract TimerService timerService();

        public abstract KS getCurrentKey();
    }

    /** For timers. Implemented by the engine. */
    public abstract class OnTimerContext extends ReadOnlyContext {
        public abstract TimeDomain timeDomain();

        @Override
        public abstract KS getCurrentKey();
    }
}
