package io.millrace.state.api.function;

import io.millrace.api.function.AbstractRichFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.window.Window;
import java.io.Serializable;
import java.util.Set;

/**
 * Reads one window of one key at a time. Confined to its task.
 *
 * @param <IN> what the window has: its records, or the one result of reduce or aggregate
 * @param <OUT> what is made of it
 * @param <KEY> keys
 * @param <W> windows
 */
public abstract class WindowReaderFunction<IN, OUT, KEY, W extends Window>
        extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    /**
     * @param elements at least one; not to be changed
     */
    public abstract void readWindow(
            KEY key, Context<W> context, Iterable<IN> elements, Collector<OUT> out)
            throws Exception;

    /** What there is of the current window besides its elements. */
    public interface Context<W extends Window> extends Serializable {
        W window();

        /** State that the trigger keeps for the window. */
        <S extends State> S triggerState(StateDescriptor<S, ?> descriptor);

        /** State that the window function keeps for the window. */
        KeyedStateStore windowState();

        /** State that the window function keeps for the key. */
        KeyedStateStore globalState();

        /** Times in milliseconds since the epoch, ascending; not to be changed. */
        Set<Long> registeredEventTimeTimers() throws Exception;

        /** Times in milliseconds since the epoch, ascending; not to be changed. */
        Set<Long> registeredProcessingTimeTimers() throws Exception;
    }
}
