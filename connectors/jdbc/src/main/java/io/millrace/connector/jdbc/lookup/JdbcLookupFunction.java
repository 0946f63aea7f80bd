package io.millrace.connector.jdbc.lookup;

import com.github.benmanes.caffeine.cache.Ticker;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichFlatMapFunction;
import java.util.List;
import java.util.Objects;

/**
 * Joins records with the rows of their keys; the task waits for those that the cache does not have.
 * Made by {@link JdbcLookup#function}. Confined to its task.
 */
public final class JdbcLookupFunction<IN, K, V, OUT> extends RichFlatMapFunction<IN, OUT> {
    private static final long serialVersionUID = 1L;

    private final JdbcLookup<K, V> lookup;
    private final KeySelector<IN, K> key;
    private final LookupJoin<IN, V, OUT> join;
    private transient LookupCache<K, V> cache;
    private transient LookupQuery<K, V> query;

    JdbcLookupFunction(
            JdbcLookup<K, V> lookup, KeySelector<IN, K> key, LookupJoin<IN, V, OUT> join) {
        this.lookup = lookup;
        this.key = Objects.requireNonNull(key, "key selector");
        this.join = Objects.requireNonNull(join, "join");
    }

    @Override
    public void open(OpenContext openContext) {
        cache = new LookupCache<>(lookup, Ticker.systemTicker());
        cache.register(getRuntimeContext().getMetricGroup());
        query = new LookupQuery<>(lookup);
    }

    @Override
    public void flatMap(IN record, Collector<OUT> out) throws Exception {
        K of = key.getKey(record);
        List<V> rows = cache.find(of);
        if (rows == null) {
            rows = query.rowsOf(of);
            cache.put(of, rows);
        }
        join.join(record, rows, out);
    }

    @Override
    public void close() {
        if (query != null) {
            query.close();
        }
    }
}
