package io.millrace.batch.shuffle.node;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * What a worker needs to read from shuffle services: connections, which are kept for the next
 * request, and the application's name and key there. Thread-safe.
 */
/* The JDK's own client: HTTP of one kind of server needs no more, and its body subscribers carry
 * back-pressure to the socket, which is what bounds memory here.
 */
public final class NodeClient implements AutoCloseable {
    private static final int THREADS = 2;

    private final String application;
    private final NodeKey key;
    private final Patience patience;
    private final ExecutorService threads;
    private final ScheduledExecutorService clock;
    private final HttpClient http;

    /**
     * When to give up.
     *
     * @param connectTimeout of one attempt
     * @param silence without a byte that was asked for, after which an attempt has failed
     * @param attempts until a service counts as out of reach; one that answers with an error is
     *     asked twice
     * @param firstPause before the second attempt; doubles with each
     */
    record Patience(Duration connectTimeout, Duration silence, int attempts, Duration firstPause) {
        static final Patience USUAL =
                new Patience(
                        Duration.ofSeconds(10), Duration.ofSeconds(60), 6, Duration.ofMillis(200));
    }

    /**
     * @param application its name at the services: {@code job_CLUSTER_NUMBER}
     * @param key the password of its token there
     */
    public NodeClient(String application, byte[] key) {
        this(application, key, Patience.USUAL);
    }

    NodeClient(String application, byte[] key, Patience patience) {
        this.application = application;
        this.key = new NodeKey(key);
        this.patience = patience;
        this.threads = Executors.newFixedThreadPool(THREADS, named("results-http"));
        this.clock = Executors.newSingleThreadScheduledExecutor(named("results-clock"));
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(patience.connectTimeout())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(threads)
                        .build();
    }

    private static ThreadFactory named(String name) {
        return body -> {
            Thread thread = new Thread(body, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** For the readers of one edge of one task, which polls all of them. */
    public NodeReads begin() {
        return new NodeReads(this);
    }

    String application() {
        return application;
    }

    NodeKey key() {
        return key;
    }

    Patience patience() {
        return patience;
    }

    HttpClient http() {
        return http;
    }

    void after(Duration pause, Runnable body) {
        try {
            clock.schedule(body, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The worker ends, and its tasks with it.
        }
    }

    /** Until it is cancelled, or this is closed. */
    ScheduledFuture<?> every(Duration period, Runnable body) {
        return clock.scheduleAtFixedRate(
                body, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends its threads; what is still being read hears nothing more. */
    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdown();
    }
}
