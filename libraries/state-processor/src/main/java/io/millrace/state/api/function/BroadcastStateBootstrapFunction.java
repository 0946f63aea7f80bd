package io.millrace.state.api.function;

import io.millrace.api.function.AbstractRichFunction;
import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.MapStateDescriptor;

/**
 * Makes broadcast state of records, all of which come to one task. Confined to it.
 *
 * @param <IN> records
 */
public abstract class BroadcastStateBootstrapFunction<IN> extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    public abstract void processElement(IN value, Context ctx) throws Exception;

    /** Of the current record; valid during the call. */
    public interface Context {
        /** Milliseconds since the epoch. */
        long currentProcessingTime();

        <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> descriptor);
    }
}
