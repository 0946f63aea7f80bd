package io.millrace.api.source;

import io.millrace.api.time.WatermarkStrategy;

/**
 * A source function that is only the older shape of a source: {@code addSource} reads the source in
 * its place, and the function itself is never run.
 */
public interface BackedBySource<T> {
    /** Asked once, when the function is added. */
    Source<T, ?, ?> source();

    /** Timestamps and watermarks of the source's splits. */
    WatermarkStrategy<T> watermarks();
}
