package io.millrace.api.operator;

import java.util.function.BiConsumer;

/**
 * Timers of the current key. One for each time, key and namespace: registering it again changes
 * nothing. Confined to the task.
 *
 * @param <N> tells timers of one key and time apart; has equals and hashCode
 */
public interface InternalTimerService<N> {
    /** The wall clock, in milliseconds since the epoch. */
    long currentProcessingTime();

    /** {@code Long.MIN_VALUE} before the first. */
    long currentWatermark();

    void registerProcessingTimeTimer(N namespace, long time);

    void deleteProcessingTimeTimer(N namespace, long time);

    void registerEventTimeTimer(N namespace, long time);

    void deleteEventTimeTimer(N namespace, long time);

    /** Namespace and time of each timer of event time, with the current key set to its own. */
    void forEachEventTimeTimer(BiConsumer<N, Long> consumer) throws Exception;

    /** Namespace and time of each timer of the wall clock, with the current key set to its own. */
    void forEachProcessingTimeTimer(BiConsumer<N, Long> consumer) throws Exception;
}
