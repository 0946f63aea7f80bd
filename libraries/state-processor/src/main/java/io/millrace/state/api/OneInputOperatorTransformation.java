package io.millrace.state.api;

import io.millrace.api.function.KeySelector;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.TypeInformation;
import io.millrace.state.api.function.BroadcastStateBootstrapFunction;
import io.millrace.state.api.function.StateBootstrapFunction;
import io.millrace.state.api.function.Timestamper;

/**
 * The records of one data set, of which an operator's state is to be made. Where the program is
 * built; not thread-safe.
 *
 * @param <T> records
 * @deprecated {@link OneInputStateTransformation} does it with streams
 */
@Deprecated
public class OneInputOperatorTransformation<T> {
    private final OneInputStateTransformation<T> onStreams;

    OneInputOperatorTransformation(OneInputStateTransformation<T> onStreams) {
        this.onStreams = onStreams;
    }

    /** The number of key groups of the operator, in place of that of the savepoint. */
    public OneInputOperatorTransformation<T> setMaxParallelism(int maxParallelism) {
        onStreams.setMaxParallelism(maxParallelism);
        return this;
    }

    /** Gives records the time by which windows and event-time functions know them. */
    public OneInputOperatorTransformation<T> assignTimestamps(Timestamper<T> assigner) {
        onStreams.assignTimestamps(assigner);
        return this;
    }

    /**
     * The same.
     *
     * @param assigner serializable
     */
    public OneInputOperatorTransformation<T> assignTimestamps(TimestampAssigner<T> assigner) {
        onStreams.assignTimestamps(assigner);
        return this;
    }

    /**
     * What an operator of the program's own holds at the end of its input. Records come to its
     * subtasks in turn; its output goes nowhere.
     */
    public BootstrapTransformation<T> transform(SavepointWriterOperatorFactory factory) {
        return new BootstrapTransformation<>(onStreams.transform(factory));
    }

    /** Lists of operator state. */
    public BootstrapTransformation<T> transform(StateBootstrapFunction<T> processFunction) {
        return new BootstrapTransformation<>(onStreams.transform(processFunction));
    }

    /** Broadcast state, written by one task. */
    public BootstrapTransformation<T> transform(
            BroadcastStateBootstrapFunction<T> processFunction) {
        return new BootstrapTransformation<>(onStreams.transform(processFunction));
    }

    public <K> KeyedOperatorTransformation<K, T> keyBy(KeySelector<T, K> keySelector) {
        return new KeyedOperatorTransformation<>(onStreams.keyBy(keySelector));
    }

    /**
     * @param keyType as in the job
     */
    public <K> KeyedOperatorTransformation<K, T> keyBy(
            KeySelector<T, K> keySelector, TypeInformation<K> keyType) {
        return new KeyedOperatorTransformation<>(onStreams.keyBy(keySelector, keyType));
    }

    /** By fields of a tuple; the key is a tuple of them. */
    public KeyedOperatorTransformation<Tuple, T> keyBy(int... fields) {
        return new KeyedOperatorTransformation<>(onStreams.keyBy(fields));
    }

    /** By fields by name; the key is a tuple of them. */
    public KeyedOperatorTransformation<Tuple, T> keyBy(String... fields) {
        return new KeyedOperatorTransformation<>(onStreams.keyBy(fields));
    }
}
