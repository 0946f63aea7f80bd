package io.millrace.api.window;

import io.millrace.api.metric.MetricGroup;
import java.io.Serializable;

/**
 * Takes records out of a window before or after its function has seen it. A window with an evictor
 * keeps its records one by one.
 *
 * @param <T> the records
 * @param <W> the windows
 */
public interface Evictor<T, W extends Window> extends Serializable {
    /**
     * @param elements the records in the order of their arrival; its iterators can remove
     * @param size how many there are
     */
    void evictBefore(
            Iterable<TimestampedValue<T>> elements,
            int size,
            W window,
            EvictorContext evictorContext);

    /**
     * @param elements the records in the order of their arrival; its iterators can remove
     * @param size how many there are
     */
    void evictAfter(
            Iterable<TimestampedValue<T>> elements,
            int size,
            W window,
            EvictorContext evictorContext);

    /** What an evictor may ask. Implemented by the engine. */
    interface EvictorContext {
        /** The wall clock, in milliseconds since the epoch. */
        long getCurrentProcessingTime();

        MetricGroup getMetricGroup();

        /** In milliseconds since the epoch; {@code Long.MIN_VALUE} before the first one. */
        long getCurrentWatermark();
    }
}
