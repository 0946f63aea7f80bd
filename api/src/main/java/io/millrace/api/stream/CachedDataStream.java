package io.millrace.api.stream;

import java.util.List;

/**
 * A bounded stream whose records are kept when a program computes them first, for the later
 * programs of the same environment. In batch mode only. They are kept in files: below {@code
 * .millrace-cache} in the home directory of the cluster's file system, or among this machine's
 * temporary files; {@link #invalidate} and closing the environment remove them. Not thread-safe.
 */
public class CachedDataStream<T> extends DataStream<T> {
    private final StreamCache<T> cache;

    CachedDataStream(StreamExecutionEnvironment environment, StreamCache<T> cache) {
        super(environment, List.of(Draft.Branch.of(cache.draft())));
        this.cache = cache;
    }

    /** A cached stream of what comes out of an operator. */
    public CachedDataStream(
            StreamExecutionEnvironment environment, Transformation<T> transformation) {
        this(environment, environment.cacheOf(transformation));
    }

    /**
     * Drops the records that are kept; the next program that uses the stream computes them again.
     * Waits for a program that is computing them.
     */
    public void invalidate() {
        cache.invalidate();
    }
}
