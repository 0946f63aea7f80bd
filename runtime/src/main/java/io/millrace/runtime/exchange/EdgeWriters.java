package io.millrace.runtime.exchange;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.Partitioner;
import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.chain.ClassCopies;
import io.millrace.runtime.serde.Serializer;
import java.lang.reflect.Constructor;

/** Makes the writer for a partitioning, of the chain's own copy of its class. */
public final class EdgeWriters {
    private EdgeWriters() {}

    /**
     * @param place the writer's place in its chain
     * @param copier null if records are handed over as they are
     * @param maxParallelism the consumer's number of key groups
     * @param subtask the producer's
     * @param operatorName whom to name if a key selector or partitioner fails
     */
    @SuppressWarnings("unchecked")
    public static EdgeWriter of(
            Partitioning partitioning,
            EdgeOutput output,
            Serializer<Object> copier,
            ClassCopies copies,
            String place,
            int maxParallelism,
            int subtask,
            String operatorName) {
        return switch (partitioning.kind()) {
            case FORWARD, GLOBAL ->
                    make(copies.at(place, SingleChannelWriter.class), output, copier);
            case REBALANCE, RESCALE ->
                    make(copies.at(place, RoundRobinWriter.class), output, copier, subtask);
            case SHUFFLE ->
                    make(copies.at(place, ShuffleWriter.class), output, copier, (long) subtask);
            case BROADCAST -> make(copies.at(place, BroadcastWriter.class), output, copier);
            case KEY_GROUP -> {
                Partitioning.ByKey byKey = (Partitioning.ByKey) partitioning;
                yield make(
                        copies.at(place, KeyedWriter.class),
                        output,
                        copier,
                        (KeySelector<Object, Object>) byKey.keySelector(),
                        maxParallelism,
                        operatorName);
            }
            case CUSTOM -> {
                Partitioning.Custom custom = (Partitioning.Custom) partitioning;
                yield make(
                        copies.at(place, CustomWriter.class),
                        output,
                        copier,
                        (Partitioner<Object>) custom.partitioner(),
                        (KeySelector<Object, Object>) custom.keySelector(),
                        operatorName);
            }
        };
    }

    private static EdgeWriter make(Class<? extends EdgeWriter> type, Object... arguments) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            return (EdgeWriter) constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }
}
