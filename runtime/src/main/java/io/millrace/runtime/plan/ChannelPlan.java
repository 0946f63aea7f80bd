package io.millrace.runtime.plan;

import io.millrace.api.graph.Partitioning;
import java.util.stream.IntStream;

/**
 * Which producer subtasks of an edge connect to which consumer subtasks. Pure; both sides ask it,
 * so nobody has to tell the other.
 *
 * <p>FORWARD connects n to n. RESCALE connects groups that are as even as they divide. All other
 * kinds connect everyone with everyone.
 */
public final class ChannelPlan {
    private ChannelPlan() {}

    /** The consumers that a producer writes to, ascending. */
    public static int[] consumersOf(
            Partitioning.Kind kind, int producer, int producers, int consumers) {
        return switch (kind) {
            case FORWARD -> sameSubtask(producer, producers, consumers);
            case RESCALE ->
                    IntStream.range(0, consumers)
                            .filter(consumer -> linked(producer, consumer, producers, consumers))
                            .toArray();
            case REBALANCE, SHUFFLE, BROADCAST, GLOBAL, KEY_GROUP, CUSTOM ->
                    IntStream.range(0, consumers).toArray();
        };
    }

    /** The producers that a consumer reads from, ascending. */
    public static int[] producersOf(
            Partitioning.Kind kind, int consumer, int producers, int consumers) {
        return switch (kind) {
            case FORWARD -> sameSubtask(consumer, consumers, producers);
            case RESCALE ->
                    IntStream.range(0, producers)
                            .filter(producer -> linked(producer, consumer, producers, consumers))
                            .toArray();
            case REBALANCE, SHUFFLE, BROADCAST, GLOBAL, KEY_GROUP, CUSTOM ->
                    IntStream.range(0, producers).toArray();
        };
    }

    private static int[] sameSubtask(int own, int ownParallelism, int otherParallelism) {
        if (ownParallelism != otherParallelism) {
            throw new IllegalArgumentException(
                    "forward from parallelism " + ownParallelism + " to " + otherParallelism);
        }
        return new int[] {own};
    }

    private static boolean linked(int producer, int consumer, int producers, int consumers) {
        return producers >= consumers
                ? (long) producer * consumers / producers == consumer
                : (long) consumer * producers / consumers == producer;
    }
}
