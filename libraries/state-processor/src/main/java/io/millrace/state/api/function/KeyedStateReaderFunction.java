package io.millrace.state.api.function;

import io.millrace.api.function.AbstractRichFunction;
import io.millrace.api.function.Collector;
import java.util.Set;

/**
 * Reads the state of one key at a time. Confined to its task.
 *
 * <p>It asks its runtime context for all states that it reads in {@code open}, with the descriptors
 * that the job had; keys are those that have something in one of them. It is opened and closed once
 * for each range of keys, perhaps many times in a task.
 *
 * @param <K> keys
 * @param <OUT> what is made of their state
 */
public abstract class KeyedStateReaderFunction<K, OUT> extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    /** The states that were registered are those of this key during the call. */
    public abstract void readKey(K key, Context ctx, Collector<OUT> out) throws Exception;

    /** What there is of the current key besides its states. */
    public interface Context {
        /** Times in milliseconds since the epoch, ascending; not to be changed. */
        Set<Long> registeredEventTimeTimers() throws Exception;

        /** Times in milliseconds since the epoch, ascending; not to be changed. */
        Set<Long> registeredProcessingTimeTimers() throws Exception;
    }
}
