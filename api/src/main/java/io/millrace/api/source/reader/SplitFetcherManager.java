package io.millrace.api.source.reader;

import io.millrace.api.option.Configuration;
import io.millrace.api.source.SourceSplit;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fetchers of a reader and their threads; a subclass says which fetcher has which splits.
 * Confined to the task.
 */
public abstract class SplitFetcherManager<E, SplitT extends SourceSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(SplitFetcherManager.class);
    private static final long INTERRUPTED_MS = 1_000;

    /** By their ids. */
    protected final Map<Integer, SplitFetcher<E, SplitT>> fetchers = new ConcurrentHashMap<>();

    private final Map<SplitFetcher<E, SplitT>, Thread> threads = new ConcurrentHashMap<>();
    private final FetchQueue<E> queue;
    private final Supplier<SplitReader<E, SplitT>> splitReaderFactory;
    private final Consumer<Collection<String>> splitFinishedHook;

    /** Set by the first fetcher that fails, read by the task. */
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private int made;
    private boolean closed;

    public SplitFetcherManager(
            Supplier<SplitReader<E, SplitT>> splitReaderFactory, Configuration configuration) {
        this(splitReaderFactory, configuration, ignored -> {});
    }

    /**
     * @param splitFinishedHook told by the fetcher's thread of splits that have ended or been
     *     removed
     */
    public SplitFetcherManager(
            Supplier<SplitReader<E, SplitT>> splitReaderFactory,
            Configuration configuration,
            Consumer<Collection<String>> splitFinishedHook) {
        this.queue = new FetchQueue<>(new SourceReaderOptions(configuration).elementQueueCapacity);
        this.splitReaderFactory = splitReaderFactory;
        this.splitFinishedHook = splitFinishedHook;
    }

    FetchQueue<E> queue() {
        return queue;
    }

    public abstract void addSplits(List<SplitT> splitsToAdd);

    public abstract void removeSplits(List<SplitT> splitsToRemove);

    public void pauseOrResumeSplits(
            Collection<String> splitIdsToPause, Collection<String> splitIdsToResume) {
        List<String> toPause = List.copyOf(splitIdsToPause);
        List<String> toResume = List.copyOf(splitIdsToResume);
        fetchers.values().forEach(fetcher -> fetcher.pauseOrResumeById(toPause, toResume));
    }

    /** Without a thread yet: give it its splits, then start it. */
    protected SplitFetcher<E, SplitT> createSplitFetcher() {
        if (closed) {
            throw new IllegalStateException("The reader is closed; it makes no more fetchers.");
        }
        int id = made++;
        SplitFetcher<E, SplitT> fetcher =
                new SplitFetcher<>(
                        id, queue, splitReaderFactory.get(), this::onFailure, splitFinishedHook);
        fetchers.put(id, fetcher);
        return fetcher;
    }

    private void onFailure(Throwable thrown) {
        failure.compareAndSet(null, thrown);
        queue.signal();
    }

    protected void startFetcher(SplitFetcher<E, SplitT> fetcher) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                fetcher.run();
                            } finally {
                                threads.remove(fetcher);
                            }
                        },
                        "source-fetcher-" + fetcher.fetcherId());
        thread.setDaemon(true);
        threads.put(fetcher, thread);
        thread.start();
    }

    /** Ends fetchers that have no splits and nothing to do; returns whether none is left. */
    public boolean maybeShutdownFinishedFetchers() {
        Iterator<SplitFetcher<E, SplitT>> each = fetchers.values().iterator();
        while (each.hasNext()) {
            SplitFetcher<E, SplitT> fetcher = each.next();
            if (fetcher.isIdle()) {
                fetcher.shutdown(true);
                each.remove();
            }
        }
        return fetchers.isEmpty();
    }

    /**
     * Fails if a fetcher has failed.
     *
     * @throws RuntimeException with what it has thrown as its cause
     */
    public void checkErrors() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException(
                    "A thread that reads splits has failed: " + thrown, thrown);
        }
    }

    /**
     * Ends all fetchers and waits for their threads.
     *
     * @param timeoutMs after which they are interrupted
     */
    public void close(long timeoutMs) throws Exception {
        closed = true;
        fetchers.values().forEach(SplitFetcher::shutdown);
        fetchers.clear();
        queue.clear(); // nobody takes anything any more
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        for (Thread thread : threads.values()) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            thread.join(Math.max(1, leftMs));
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(INTERRUPTED_MS);
            }
            if (thread.isAlive()) {
                LOG.warn(
                        "A thread that reads splits did not end. thread={} waitedMs={}",
                        thread.getName(),
                        timeoutMs + INTERRUPTED_MS);
            }
        }
    }
}
