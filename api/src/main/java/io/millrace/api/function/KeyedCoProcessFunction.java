package io.millrace.api.function;

import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/**
 * Handles the records of two streams that are keyed alike: records of one key meet in one place,
 * and share its timers.
 *
 * @param <K> the keys
 * @param <IN1> records of the first stream
 * @param <IN2> records of the second stream
 * @param <OUT> records out
 */
public abstract class KeyedCoProcessFunction<K, IN1, IN2, OUT> extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    /** Called for each record of the first stream. */
    public abstract void processElement1(IN1 value, Context ctx, Collector<OUT> out)
            throws Exception;

    /** Called for each record of the second stream. */
    public abstract void processElement2(IN2 value, Context ctx, Collector<OUT> out)
            throws Exception;

    /** Called when a timer fires, with the key that it was registered for. */
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<OUT> out) throws Exception {}

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
