package io.millrace.connector.jdbc.lookup;

import com.github.benmanes.caffeine.cache.Ticker;
import io.millrace.api.async.ResultFuture;
import io.millrace.api.async.RichAsyncFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OpenContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Joins records with the rows of their keys, several questions at once. Made by {@link
 * JdbcLookup#asyncFunction}. The task asks the cache and hands over; each thread of the pool has a
 * connection, taken from {@code idle} for a question.
 */
public final class AsyncJdbcLookupFunction<IN, K, V, OUT> extends RichAsyncFunction<IN, OUT> {
    private static final long serialVersionUID = 1L;
    private static final long CLOSE_SECONDS = 5;

    /** Questions that wait for each thread; what is more waits on the task's thread. */
    private static final int WAITING_PER_CONNECTION = 100;

    private final JdbcLookup<K, V> lookup;
    private final KeySelector<IN, K> key;
    private final LookupJoin<IN, V, OUT> join;
    private final int connections;
    private transient LookupCache<K, V> cache;
    private transient BlockingQueue<LookupQuery<K, V>> idle;
    private transient List<LookupQuery<K, V>> queries;
    private transient ThreadPoolExecutor pool;

    AsyncJdbcLookupFunction(
            JdbcLookup<K, V> lookup,
            KeySelector<IN, K> key,
            LookupJoin<IN, V, OUT> join,
            int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException(
                    "A lookup has at least 1 connection, not " + connections + ".");
        }
        this.lookup = lookup;
        this.key = Objects.requireNonNull(key, "key selector");
        this.join = Objects.requireNonNull(join, "join");
        this.connections = connections;
    }

    @Override
    public void open(OpenContext openContext) {
        cache = new LookupCache<>(lookup, Ticker.systemTicker());
        cache.register(getRuntimeContext().getMetricGroup());
        // One more than threads: the task may have to ask by itself when the pool is full.
        idle = new ArrayBlockingQueue<>(connections + 1);
        queries = new ArrayList<>();
        for (int i = 0; i <= connections; i++) {
            LookupQuery<K, V> query = new LookupQuery<>(lookup);
            queries.add(query);
            idle.add(query);
        }
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        pool =
                new ThreadPoolExecutor(
                        connections,
                        connections,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(connections * WAITING_PER_CONNECTION),
                        body -> {
                            Thread thread = new Thread(body, "jdbc-lookup-" + subtask);
                            thread.setDaemon(true);
                            thread.setContextClassLoader(loader);
                            return thread;
                        },
                        new ThreadPoolExecutor.CallerRunsPolicy());
    }

    @Override
    public void asyncInvoke(IN input, ResultFuture<OUT> resultFuture) throws Exception {
        K of = key.getKey(input);
        List<V> rows = cache.find(of);
        if (rows != null) {
            resultFuture.complete(joined(input, rows));
            return;
        }
        pool.execute(() -> answer(input, of, resultFuture));
    }

    private List<OUT> joined(IN input, List<V> rows) throws Exception {
        ListCollector<OUT> out = new ListCollector<>();
        join.join(input, rows, out);
        return out.collected();
    }

    private void answer(IN input, K of, ResultFuture<OUT> resultFuture) {
        try {
            LookupQuery<K, V> query = idle.take();
            List<V> rows;
            try {
                rows = query.rowsOf(of);
            } finally {
                idle.add(query);
            }
            cache.put(of, rows);
            resultFuture.complete(joined(input, rows));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            resultFuture.completeExceptionally(e);
        } catch (Throwable e) {
            resultFuture.completeExceptionally(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (pool == null) {
            return;
        }
        pool.shutdownNow();
        pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        queries.forEach(LookupQuery::close);
    }
}
