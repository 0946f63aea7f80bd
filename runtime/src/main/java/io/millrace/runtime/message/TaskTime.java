package io.millrace.runtime.message;

import java.util.List;

/**
 * Where event time stands in one task, and what holds it there. Immutable. All times in
 * milliseconds since the epoch; {@code Long.MIN_VALUE} as a watermark means that none has come yet.
 *
 * @param inputMs how far the first operator has been told that time has come; of a source, what it
 *     says itself
 * @param outputMs what those behind have been told; that of the input if nobody is behind
 * @param idle whether nobody behind should wait for this task
 * @param inputs one for each edge that leads here
 * @param origins the operators of the chain that make watermarks
 */
public record TaskTime(
        long inputMs,
        long outputMs,
        boolean idle,
        List<InputTime> inputs,
        List<OriginTime> origins) {
    /** Before the task has said anything. */
    public static final TaskTime NONE =
            new TaskTime(Long.MIN_VALUE, Long.MIN_VALUE, false, List.of(), List.of());

    public TaskTime {
        inputs = List.copyOf(inputs);
        origins = List.copyOf(origins);
    }

    /**
     * What comes by one edge.
     *
     * @param producer the subtask whose channel time waits for; −1 if it waits for none of them
     * @param watermarkMs of that channel; of the furthest one if there is none
     * @param sinceMs since when it has been seen there, by the clock of the worker
     * @param idleChannels that are idle, or have woken behind the others and not caught up
     */
    public record InputTime(
            int sourceVertex,
            int producer,
            long watermarkMs,
            long sinceMs,
            int channels,
            int idleChannels,
            int endedChannels) {}

    /**
     * An operator that makes watermarks: a source, or one that assigns them.
     *
     * @param sinceMs since when it has been seen there, by the clock of the worker
     * @param limitMs how far its watermark group lets it come; {@code Long.MAX_VALUE} without one
     * @param splits that have outputs of their own
     * @param slowest the splits that are furthest behind, those that are not idle first; at most
     *     ten
     */
    public record OriginTime(
            String operator,
            long watermarkMs,
            boolean idle,
            long sinceMs,
            long limitMs,
            int splits,
            List<SplitTime> slowest) {
        public OriginTime {
            slowest = List.copyOf(slowest);
        }
    }

    /**
     * A split of a source.
     *
     * @param paused whether it waits for others of its watermark group
     * @param sinceMs since when it has been seen there, by the clock of the worker
     */
    public record SplitTime(
            String split, long watermarkMs, boolean idle, boolean paused, long sinceMs) {}
}
