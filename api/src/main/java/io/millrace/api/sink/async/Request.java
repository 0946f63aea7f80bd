package io.millrace.api.sink.async;

import io.millrace.api.time.ProcessingTimeService;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request under way. As a handler of its result thread-safe, else confined to the task. */
final class Request<RequestEntryT extends Serializable> implements ResultHandler<RequestEntryT> {
    private final AsyncSinkWriter<?, RequestEntryT> writer;
    private final Batch<RequestEntryT> batch;
    private final long sentAtMs;

    /** Set by the first of an answer, on any thread, and the time-out, on the task's. */
    private final AtomicBoolean answered = new AtomicBoolean();

    private ScheduledFuture<?> timer;

    Request(AsyncSinkWriter<?, RequestEntryT> writer, Batch<RequestEntryT> batch, long sentAtMs) {
        this.writer = writer;
        this.batch = batch;
        this.sentAtMs = sentAtMs;
    }

    Batch<RequestEntryT> batch() {
        return batch;
    }

    long sentAtMs() {
        return sentAtMs;
    }

    void startTimer(ProcessingTimeService clock, long timeoutMs) {
        timer =
                clock.registerTimer(
                        sentAtMs + timeoutMs,
                        time -> {
                            if (answered.compareAndSet(false, true)) {
                                writer.onTimeout(this);
                            }
                        });
    }

    void stopTimer() {
        timer.cancel(false);
    }

    @Override
    public void complete() {
        retryForEntries(List.of());
    }

    @Override
    public void retryForEntries(List<RequestEntryT> requestEntriesToRetry) {
        if (answered.compareAndSet(false, true)) {
            writer.post(this, requestEntriesToRetry);
        }
    }

    @Override
    public void completeExceptionally(Exception e) {
        if (answered.compareAndSet(false, true)) {
            writer.getFatalExceptionCons().accept(e);
        }
    }
}
