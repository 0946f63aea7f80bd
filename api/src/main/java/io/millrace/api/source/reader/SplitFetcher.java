package io.millrace.api.source.reader;

import io.millrace.api.source.SourceSplit;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The loop of one thread: does what it was asked to, then fetches from its splits, again and again.
 * All methods but {@link #run} may be called by any thread and only leave a note.
 */
public class SplitFetcher<E, SplitT extends SourceSplit> implements Runnable {
    private final int id;
    private final FetchQueue<E> queue;
    private final SplitReader<E, SplitT> splitReader;
    private final Consumer<Throwable> errors;
    private final Consumer<Collection<String>> splitFinishedHook;
    private final Fetch fetch = new Fetch();

    // Guarded by this object's lock: what others ask for, and whether there is anything to do.
    private final ArrayDeque<SplitFetcherTask> tasks = new ArrayDeque<>();
    private final Map<String, SplitT> assigned = new LinkedHashMap<>();
    private SplitFetcherTask running; // null between two
    private boolean paused;
    private boolean closed;
    private boolean closesBehindItsRecords;

    SplitFetcher(
            int id,
            FetchQueue<E> queue,
            SplitReader<E, SplitT> splitReader,
            Consumer<Throwable> errors,
            Consumer<Collection<String>> splitFinishedHook) {
        this.id = id;
        this.queue = queue;
        this.splitReader = splitReader;
        this.errors = errors;
        this.splitFinishedHook = splitFinishedHook;
    }

    /** Until {@link #shutdown}, or a failure. */
    @Override
    public void run() {
        try (splitReader) {
            for (SplitFetcherTask next = take(); next != null; next = take()) {
                done(next, next.run());
            }
            if (closesBehindItsRecords()) {
                queue.awaitEmpty();
            }
        } catch (Throwable e) { // the client's code; the task fails with it
            if (!(e instanceof InterruptedException && isClosed())) {
                errors.accept(e);
            }
        }
    }

    /** Waits for something to do; null if this is the end. */
    private SplitFetcherTask take() throws InterruptedException {
        synchronized (this) {
            if (hasNothingToDo() && !closed) {
                queue.signal(); // the task may have waited for that
            }
            while (!closed && tasks.isEmpty() && (assigned.isEmpty() || paused)) {
                wait();
            }
            if (closed) {
                return null;
            }
            running = tasks.isEmpty() ? fetch : tasks.poll();
            return running;
        }
    }

    private synchronized void done(SplitFetcherTask task, boolean finished) {
        running = null;
        if (!finished && task != fetch) {
            tasks.addFirst(task);
        }
    }

    private boolean hasNothingToDo() {
        return tasks.isEmpty() && assigned.isEmpty() && running == null;
    }

    synchronized boolean isIdle() {
        return hasNothingToDo();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean closesBehindItsRecords() {
        return closesBehindItsRecords;
    }

    public int fetcherId() {
        return id;
    }

    /** Confined to the fetcher's thread. */
    public SplitReader<E, SplitT> getSplitReader() {
        return splitReader;
    }

    /** Done before the next fetch; a fetch that waits is woken up. */
    public void enqueueTask(SplitFetcherTask task) {
        SplitFetcherTask now;
        synchronized (this) {
            tasks.add(task);
            notifyAll();
            now = running;
        }
        if (now != null) {
            now.wakeUp();
        }
    }

    public void addSplits(List<SplitT> splitsToAdd) {
        enqueueTask(
                new Note(
                        () -> {
                            splitReader.handleSplitsChanges(new SplitsAddition<>(splitsToAdd));
                            synchronized (this) {
                                splitsToAdd.forEach(split -> assigned.put(split.splitId(), split));
                            }
                        }));
    }

    public void removeSplits(List<SplitT> splitsToRemove) {
        enqueueTask(
                new Note(
                        () -> {
                            splitReader.handleSplitsChanges(new SplitsRemoval<>(splitsToRemove));
                            finished(splitsToRemove.stream().map(SourceSplit::splitId).toList());
                        }));
    }

    public void pauseOrResumeSplits(
            Collection<SplitT> splitsToPause, Collection<SplitT> splitsToResume) {
        enqueueTask(new Note(() -> splitReader.pauseOrResumeSplits(splitsToPause, splitsToResume)));
    }

    /** The same by ids; those that it does not have are passed over. */
    void pauseOrResumeById(Collection<String> toPause, Collection<String> toResume) {
        enqueueTask(
                new Note(
                        () -> {
                            List<SplitT> pausing = ofThese(toPause);
                            List<SplitT> resuming = ofThese(toResume);
                            if (!pausing.isEmpty() || !resuming.isEmpty()) {
                                splitReader.pauseOrResumeSplits(pausing, resuming);
                            }
                        }));
    }

    private synchronized List<SplitT> ofThese(Collection<String> ids) {
        List<SplitT> found = new ArrayList<>();
        for (String splitId : ids) {
            SplitT split = assigned.get(splitId);
            if (split != null) {
                found.add(split);
            }
        }
        return found;
    }

    private void finished(Collection<String> ids) {
        synchronized (this) {
            assigned.keySet().removeAll(ids);
        }
        splitFinishedHook.accept(ids);
    }

    /** Fetches no more until {@link #resume}. */
    public synchronized void pause() {
        paused = true;
    }

    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    /** Ends the loop, and closes the split reader behind it. Does not wait. */
    public void shutdown() {
        shutdown(false);
    }

    /**
     * @param waitingForRecordsConsumed whether the split reader stays open until the task has taken
     *     what was fetched
     */
    public void shutdown(boolean waitingForRecordsConsumed) {
        SplitFetcherTask now;
        synchronized (this) {
            closed = true;
            closesBehindItsRecords = waitingForRecordsConsumed;
            notifyAll();
            now = running;
        }
        if (now != null) {
            now.wakeUp();
        }
    }

    /** A call of the split reader that does not wait. */
    private record Note(Runnable call) implements SplitFetcherTask {
        @Override
        public boolean run() {
            call.run();
            return true;
        }

        @Override
        public void wakeUp() {}
    }

    /** Fetches, and hands over what it has fetched; the latter may take several turns. */
    private final class Fetch implements SplitFetcherTask {
        private RecordsWithSplitIds<E> fetched; // null if the next one is to be fetched

        @Override
        public boolean run() throws IOException {
            if (fetched == null) {
                fetched = splitReader.fetch();
            }
            List<String> ended = List.copyOf(fetched.finishedSplits()); // the task's once it is put
            try {
                if (!queue.put(SplitFetcher.this, fetched)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the task was behind", e);
            }
            fetched = null;
            if (!ended.isEmpty()) {
                finished(ended);
            }
            return true;
        }

        @Override
        public void wakeUp() {
            splitReader.wakeUp();
            queue.wakeUp(SplitFetcher.this);
        }
    }
}
