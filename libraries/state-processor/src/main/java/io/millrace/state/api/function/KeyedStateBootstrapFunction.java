package io.millrace.state.api.function;

import io.millrace.api.function.AbstractRichFunction;
import io.millrace.api.time.TimerService;

/**
 * Makes keyed state and timers of records. Confined to its task. Timers go into the savepoint and
 * never fire here.
 *
 * @param <K> keys
 * @param <IN> records
 */
public abstract class KeyedStateBootstrapFunction<K, IN> extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    /** States of the runtime context are those of the record's key during the call. */
    public abstract void processElement(IN value, Context ctx) throws Exception;

    /** Of the current record; valid during the call. */
    public abstract class Context {
        public abstract TimerService timerService();

        public abstract K getCurrentKey();
    }
}
