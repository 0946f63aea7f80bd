package io.millrace.connector.jdbc.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.MetricGroup;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Remembers the rows of keys, so many and for so long. Thread-safe. */
final class LookupCache<K, V> {
    private final Cache<K, List<V>> cache; // null for none
    private final boolean cachesMissing;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    LookupCache(JdbcLookup<K, V> lookup, Ticker ticker) {
        this.cachesMissing = lookup.cachesMissing;
        this.cache =
                lookup.cachedKeys == 0
                        ? null
                        : Caffeine.newBuilder()
                                .maximumSize(lookup.cachedKeys)
                                .expireAfterWrite(lookup.expiry)
                                .ticker(ticker)
                                .executor(Runnable::run) // no threads beside the task's
                                .build();
    }

    void register(MetricGroup metrics) {
        Gauge<Long> hitCount = hits::sum;
        Gauge<Long> missCount = misses::sum;
        Gauge<Long> size = () -> cache == null ? 0L : cache.estimatedSize();
        metrics.gauge("lookupCacheHits", hitCount);
        metrics.gauge("lookupCacheMisses", missCount);
        metrics.gauge("lookupCacheKeys", size);
    }

    /** Null if they are not known, or no more. */
    List<V> find(K key) {
        List<V> rows = cache == null ? null : cache.getIfPresent(key);
        (rows == null ? misses : hits).increment();
        return rows;
    }

    void put(K key, List<V> rows) {
        if (cache != null && (cachesMissing || !rows.isEmpty())) {
            cache.put(key, rows);
        }
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }
}
