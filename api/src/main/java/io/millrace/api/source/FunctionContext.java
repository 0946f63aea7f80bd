package io.millrace.api.source;

import io.millrace.api.time.Watermark;
import io.millrace.api.type.ValueCodec;
import java.util.Objects;

/**
 * What a source function emits into. Thread-safe: the checkpoint lock lets one thread at a time
 * through.
 */
@SuppressWarnings("deprecation")
final class FunctionContext<T> implements SourceFunction.SourceContext<T> {
    private final Object lock = new Object();
    private final HandOver<T> handOver;

    /** Guarded by the lock. */
    private boolean closed;

    /** Null if records need no copy. */
    private final ValueCodec<T> copier;

    FunctionContext(HandOver<T> handOver, ValueCodec<T> copier) {
        this.handOver = handOver;
        this.copier = copier;
    }

    @Override
    public void collect(T element) {
        emit(element, HandOver.NO_TIMESTAMP);
    }

    @Override
    public void collectWithTimestamp(T element, long timestamp) {
        emit(element, timestamp);
    }

    private void emit(T element, long timestampMs) {
        Objects.requireNonNull(element, "a source function emitted null instead of a record");
        synchronized (lock) {
            requireNotClosed();
            handOver.addRecord(copier == null ? element : copier.copy(element), timestampMs);
        }
    }

    @Override
    public void emitWatermark(Watermark mark) {
        synchronized (lock) {
            requireNotClosed();
            handOver.addWatermark(mark.getTimestamp());
        }
    }

    @Override
    public void markAsTemporarilyIdle() {
        synchronized (lock) {
            requireNotClosed();
            handOver.addIdle();
        }
    }

    @Override
    public Object getCheckpointLock() {
        return lock;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
    }

    private void requireNotClosed() {
        if (closed) {
            throw new IllegalStateException(
                    "A source function emitted after it had closed its context.");
        }
    }

    /**
     * @param thrown by the function, or null
     */
    void end(Throwable thrown) {
        synchronized (lock) {
            handOver.end(thrown);
        }
    }
}
