package io.millrace.state.api;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec.ProcessSpec;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.TypeInformation;
import io.millrace.state.api.function.BroadcastStateBootstrapFunction;
import io.millrace.state.api.function.StateBootstrapFunction;
import io.millrace.state.api.function.Timestamper;
import io.millrace.state.api.operator.Blueprint;
import io.millrace.state.api.writer.BroadcastBootstrap;
import io.millrace.state.api.writer.ListBootstrap;

/**
 * The records of one stream, of which an operator's state is to be made. Where the program is
 * built; not thread-safe.
 *
 * @param <T> records
 */
public class OneInputStateTransformation<T> {
    private final DataStream<T> stream;
    private Timestamper<T> timestamper; // null: records keep their own time
    private int maxParallelism; // 0: that of the savepoint

    OneInputStateTransformation(DataStream<T> stream) {
        this.stream = stream;
    }

    /**
     * The number of key groups of the operator, in place of that of the savepoint; the most
     * subtasks that it can ever have.
     */
    public OneInputStateTransformation<T> setMaxParallelism(int maxParallelism) {
        this.maxParallelism = SavepointWriter.requireMaxParallelism(maxParallelism);
        return this;
    }

    /** Gives records the time by which windows and event-time functions know them. */
    public OneInputStateTransformation<T> assignTimestamps(Timestamper<T> assigner) {
        this.timestamper = assigner;
        return this;
    }

    /**
     * The same.
     *
     * @param assigner serializable, as a {@code SerializableTimestampAssigner} is
     */
    public OneInputStateTransformation<T> assignTimestamps(TimestampAssigner<T> assigner) {
        return assignTimestamps(
                (Timestamper<T>) element -> assigner.extractTimestamp(element, Long.MIN_VALUE));
    }

    /** Lists of operator state. */
    public StateBootstrapTransformation<T> transform(StateBootstrapFunction<T> processFunction) {
        return unkeyed(new ProcessSpec(new ListBootstrap<>(processFunction)), "List state", false);
    }

    /** Broadcast state, written by one task. */
    public StateBootstrapTransformation<T> transform(
            BroadcastStateBootstrapFunction<T> processFunction) {
        return unkeyed(
                new ProcessSpec(new BroadcastBootstrap<>(processFunction)),
                "Broadcast state",
                true);
    }

    /**
     * What an operator of the program's own holds at the end of its input. Records come to its
     * subtasks in turn; its output goes nowhere.
     */
    public StateBootstrapTransformation<T> transform(SavepointWriterOperatorFactory factory) {
        return new StateBootstrapTransformation<>(
                stream,
                OwnBlueprint.NAME,
                OwnBlueprint.of(factory, null, null, stream.getType()),
                null,
                timestamper,
                maxParallelism,
                false);
    }

    private StateBootstrapTransformation<T> unkeyed(ProcessSpec spec, String name, boolean single) {
        return new StateBootstrapTransformation<>(
                stream,
                new Blueprint("", name, spec, null, stream.getType()),
                null,
                timestamper,
                maxParallelism,
                single);
    }

    public <K> KeyedStateTransformation<K, T> keyBy(KeySelector<T, K> keySelector) {
        return keyed(stream.keyBy(keySelector));
    }

    /**
     * @param keyType as in the job
     */
    public <K> KeyedStateTransformation<K, T> keyBy(
            KeySelector<T, K> keySelector, TypeInformation<K> keyType) {
        return keyed(stream.keyBy(keySelector, keyType));
    }

    /** By fields of a tuple; the key is a tuple of them. */
    public KeyedStateTransformation<Tuple, T> keyBy(int... fields) {
        return keyed(stream.keyBy(fields));
    }

    /** By fields by name; the key is a tuple of them. */
    public KeyedStateTransformation<Tuple, T> keyBy(String... fields) {
        return keyed(stream.keyBy(fields));
    }

    private <K> KeyedStateTransformation<K, T> keyed(KeyedStream<T, K> keyed) {
        return new KeyedStateTransformation<>(
                stream, keyed.getKeySelector(), keyed.getKeyType(), timestamper, maxParallelism);
    }
}
