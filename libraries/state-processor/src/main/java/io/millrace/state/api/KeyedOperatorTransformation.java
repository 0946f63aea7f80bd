package io.millrace.state.api;

import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.state.api.function.KeyedStateBootstrapFunction;

/**
 * Records by key, of which the state of keys is to be made. Where the program is built; not
 * thread-safe.
 *
 * @param <K> keys
 * @param <T> records
 * @deprecated {@link KeyedStateTransformation} does it with streams
 */
@Deprecated
public class KeyedOperatorTransformation<K, T> {
    private final KeyedStateTransformation<K, T> onStreams;

    KeyedOperatorTransformation(KeyedStateTransformation<K, T> onStreams) {
        this.onStreams = onStreams;
    }

    /** States and timers of a keyed function. */
    public BootstrapTransformation<T> transform(KeyedStateBootstrapFunction<K, T> processFunction) {
        return new BootstrapTransformation<>(onStreams.transform(processFunction));
    }

    /**
     * What an operator of the program's own holds at the end of its input, which has keys; its
     * output goes nowhere.
     */
    public BootstrapTransformation<T> transform(SavepointWriterOperatorFactory factory) {
        return new BootstrapTransformation<>(onStreams.transform(factory));
    }

    /** What windows have. */
    public <W extends Window> WindowedOperatorTransformation<T, K, W> window(
            WindowAssigner<? super T, W> assigner) {
        return new WindowedOperatorTransformation<>(onStreams.window(assigner));
    }
}
