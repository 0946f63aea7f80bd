package io.millrace.state.api;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec.KeyedProcessSpec;
import io.millrace.api.stream.DataStream;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.state.api.function.KeyedStateBootstrapFunction;
import io.millrace.state.api.function.Timestamper;
import io.millrace.state.api.operator.Blueprint;
import io.millrace.state.api.writer.KeyedBootstrap;

/**
 * Records by key, of which the state of keys is to be made. Where the program is built; not
 * thread-safe.
 *
 * @param <K> keys
 * @param <T> records
 */
public class KeyedStateTransformation<K, T> {
    private final DataStream<T> stream;
    private final KeySelector<T, K> keySelector;
    private final TypeInformation<K> keyType;
    private final Timestamper<T> timestamper;
    private final int maxParallelism;

    KeyedStateTransformation(
            DataStream<T> stream,
            KeySelector<T, K> keySelector,
            TypeInformation<K> keyType,
            Timestamper<T> timestamper,
            int maxParallelism) {
        this.stream = stream;
        this.keySelector = keySelector;
        this.keyType = keyType;
        this.timestamper = timestamper;
        this.maxParallelism = maxParallelism;
    }

    /** States and timers of a keyed function. */
    public StateBootstrapTransformation<T> transform(
            KeyedStateBootstrapFunction<K, T> processFunction) {
        return of(
                new Blueprint(
                        "",
                        "Keyed state",
                        new KeyedProcessSpec(keySelector, new KeyedBootstrap<>(processFunction)),
                        Keying.of(keySelector, keyType),
                        stream.getType()));
    }

    /**
     * What an operator of the program's own holds at the end of its input, which has keys; its
     * output goes nowhere.
     */
    public StateBootstrapTransformation<T> transform(SavepointWriterOperatorFactory factory) {
        return new StateBootstrapTransformation<>(
                stream,
                OwnBlueprint.NAME,
                OwnBlueprint.of(
                        factory, keySelector, Keying.of(keySelector, keyType), stream.getType()),
                keySelector,
                timestamper,
                maxParallelism,
                false);
    }

    /** What windows have. */
    public <W extends Window> WindowedStateTransformation<T, K, W> window(
            WindowAssigner<? super T, W> assigner) {
        return new WindowedStateTransformation<>(this, assigner);
    }

    StateBootstrapTransformation<T> of(Blueprint blueprint) {
        return new StateBootstrapTransformation<>(
                stream, blueprint, keySelector, timestamper, maxParallelism, false);
    }

    KeySelector<T, K> keySelector() {
        return keySelector;
    }

    TypeInformation<K> keyType() {
        return keyType;
    }

    TypeInformation<T> inputType() {
        return stream.getType();
    }
}
