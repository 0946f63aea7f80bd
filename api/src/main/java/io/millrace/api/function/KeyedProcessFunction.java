package io.millrace.api.function;

import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/**
 * Handles each record of a keyed stream with access to its key and timestamp, to timers and side
 * outputs.
 *
 * @param <K> the keys
 * @param <I> records in
 * @param <O> records out
 */
public abstract class KeyedProcessFunction<K, I, O> extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    /** Called for each record; {@code ctx} and {@code out} are valid during the call only. */
    public abstract void processElement(I value, Context ctx, Collector<O> out) throws Exception;

    /** Called when a timer fires, with the key that it was registered for. */
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<O> out) throws Exception {}

    /** What is known about the record. Implemented by the engine. */
    public abstract class Context {
        /** Milliseconds since the epoch, or null if the record has no timestamp. */
        public abstract Long timestamp();

        public abstract TimerService timerService();

        /** Emits a record to a side output, with the timestamp of the current one. */
        public abstract <X> void output(OutputTag<X> outputTag, X value);

        public abstract K getCurrentKey();
    }

    /** What is known about the timer. Implemented by the engine. */
    public abstract class OnTimerContext extends Context {
        public abstract TimeDomain timeDomain();

        @Override
        public abstract K getCurrentKey();
    }
}
