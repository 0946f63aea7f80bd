package io.millrace.runtime.operator;

import io.millrace.api.async.CollectionSupplier;
import io.millrace.api.async.ResultFuture;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A record whose results are asked for, or a watermark in its place between records. Confined to
 * the task, but for the futures that it makes.
 */
final class AsyncEntry {
    /** Null for a watermark. */
    final Object record;

    /** Of the record, or of the watermark. */
    final long timestampMs;

    /** Null while it is not done. */
    private Collection<?> results;

    private Attempt attempt;
    private int attempts;
    private boolean over;

    /** Where it stands among records without an order; kept by {@link AsyncOrder}. */
    Object segment;

    /** Neighbours in the list of those that have a time limit; kept by {@link AsyncDeadlines}. */
    AsyncEntry before;

    AsyncEntry behind;

    /** When the time is over; kept by {@link AsyncDeadlines}. */
    long deadlineMs = Long.MAX_VALUE;

    private AsyncEntry(Object record, long timestampMs) {
        this.record = record;
        this.timestampMs = timestampMs;
    }

    static AsyncEntry ofRecord(Object record, long timestampMs) {
        return new AsyncEntry(record, timestampMs);
    }

    static AsyncEntry ofWatermark(long timestampMs) {
        return new AsyncEntry(null, timestampMs);
    }

    boolean isWatermark() {
        return record == null;
    }

    boolean isDone() {
        return results != null || isWatermark();
    }

    Collection<?> results() {
        return results;
    }

    void done(Collection<?> all) {
        results = all;
        attempt = null;
    }

    int attempts() {
        return attempts;
    }

    /** A future of the next attempt; those of earlier ones mean nothing any more. */
    Attempt nextAttempt(Consumer<Attempt> onComplete) {
        attempts++;
        attempt = new Attempt(this, onComplete);
        return attempt;
    }

    /** Between two attempts. Returns what stands for the pause: another attempt ends it. */
    Attempt pause() {
        attempt = new Attempt(this, nobody -> {});
        return attempt;
    }

    /** A future that takes the place of the current one, since its time is over. */
    Attempt lastChance(Consumer<Attempt> onComplete) {
        over = true;
        attempt = new Attempt(this, onComplete);
        return attempt;
    }

    /** Whether its time is over: no other attempt is made. */
    boolean isOver() {
        return over;
    }

    boolean isCurrent(Attempt other) {
        return attempt == other;
    }

    /** What a user's function completes. Thread-safe: the first completion counts. */
    static final class Attempt implements ResultFuture<Object> {
        private final AsyncEntry entry;
        private final Consumer<Attempt> onComplete;
        private final AtomicBoolean completed = new AtomicBoolean();
        // Written once before onComplete, which publishes them: one of the three.
        private Collection<Object> results;
        private CollectionSupplier<Object> supplier;
        private Throwable error;

        private Attempt(AsyncEntry entry, Consumer<Attempt> onComplete) {
            this.entry = entry;
            this.onComplete = onComplete;
        }

        AsyncEntry entry() {
            return entry;
        }

        /** The results; or throws what the attempt ended with. Task thread, after completion. */
        Collection<Object> get() throws Throwable {
            if (error != null) {
                throw error;
            }
            Collection<Object> all = supplier == null ? results : supplier.get();
            if (all == null) {
                throw new IllegalArgumentException(
                        "The result future was completed with null. For no records, give an empty"
                                + " collection.");
            }
            return all;
        }

        @Override
        public void complete(Collection<Object> result) {
            if (completed.compareAndSet(false, true)) {
                results = result;
                onComplete.accept(this);
            }
        }

        @Override
        public void complete(CollectionSupplier<Object> resultSupplier) {
            if (completed.compareAndSet(false, true)) {
                supplier = resultSupplier;
                onComplete.accept(this);
            }
        }

        @Override
        public void completeExceptionally(Throwable failure) {
            if (completed.compareAndSet(false, true)) {
                error =
                        failure != null
                                ? failure
                                : new IllegalArgumentException(
                                        "The result future was failed with null.");
                onComplete.accept(this);
            }
        }
    }
}
