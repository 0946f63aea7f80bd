package io.millrace.api.source.ratelimit;

import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceSplit;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Lets a reader emit as many records as a limiter permits, and be unavailable for the rest of the
 * time; it never waits itself. Confined to its task.
 */
/* Permits are taken before a read and given back by nobody, so those of a read that emitted less stay
 * for the next. Records are counted as they come out: a poll may also emit none. */
public class RateLimitedSourceReader<E, SplitT extends SourceSplit>
        implements SourceReader<E, SplitT>, ChunkedReader<E> {
    private final SourceReader<E, SplitT> sourceReader;
    private final ChunkedReader<E> chunkedReader;
    private final RateLimiter<SplitT> rateLimiter;
    private final MeteredRateLimiter<SplitT> meteredLimiter;
    private int permits;

    /** What the limiter was asked for and has not permitted yet; null if nothing. */
    private CompletableFuture<Void> asked;

    private CountingOutput<E> counting;

    @SuppressWarnings("unchecked") // a chunked reader emits the same records
    public RateLimitedSourceReader(
            SourceReader<E, SplitT> sourceReader, RateLimiter<SplitT> rateLimiter) {
        this.sourceReader = sourceReader;
        this.chunkedReader =
                sourceReader instanceof ChunkedReader<?> c ? (ChunkedReader<E>) c : null;
        this.rateLimiter = rateLimiter;
        this.meteredLimiter =
                rateLimiter instanceof MeteredRateLimiter<SplitT> metered ? metered : null;
    }

    @Override
    public void start() {
        sourceReader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<E> output) throws Exception {
        return read(output, 1);
    }

    @Override
    public InputStatus read(ReaderOutput<E> output, int maxRecords) throws Exception {
        if (counting == null || !counting.isInFrontOf(output)) {
            counting = new CountingOutput<>(output);
        }
        InputStatus status = InputStatus.MORE_AVAILABLE;
        int left = maxRecords;
        while (left > 0 && status == InputStatus.MORE_AVAILABLE) {
            if (permits == 0 && !acquire(left)) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            int allowed = Math.min(left, permits);
            if (chunkedReader != null) {
                status = chunkedReader.read(counting, allowed);
            } else {
                status = sourceReader.pollNext(counting);
            }
            int emitted = counting.takeCount();
            permits = Math.max(0, permits - emitted);
            if (emitted == 0) {
                // Nothing came, so look at the mail before polling again.
                return status;
            }
            left -= emitted;
        }
        return status;
    }

    /** Returns whether there is a permit. */
    private boolean acquire(int wanted) {
        if (meteredLimiter != null) {
            permits = meteredLimiter.take(wanted);
            return permits > 0;
        }
        if (asked == null) {
            asked = rateLimiter.acquire(1).toCompletableFuture();
        }
        if (!asked.isDone()) {
            return false;
        }
        // A limiter that failed fails the task here.
        asked.join();
        asked = null;
        permits = 1;
        return true;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        if (permits > 0) {
            return sourceReader.isAvailable();
        }
        if (meteredLimiter == null) {
            return asked != null ? asked : sourceReader.isAvailable();
        }
        if (asked == null || asked.isDone()) {
            asked = meteredLimiter.whenPermitted();
        }
        return asked;
    }

    @Override
    public void addSplits(List<SplitT> splits) {
        splits.forEach(rateLimiter::notifyAddingSplit);
        sourceReader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        sourceReader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent sourceEvent) {
        sourceReader.handleSourceEvents(sourceEvent);
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<String> splitsToPause, Collection<String> splitsToResume) {
        sourceReader.pauseOrResumeSplits(splitsToPause, splitsToResume);
    }

    @Override
    public List<SplitT> snapshotState(long checkpointId) {
        return sourceReader.snapshotState(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        rateLimiter.notifyCheckpointComplete(checkpointId);
        sourceReader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void close() throws Exception {
        if (asked != null) {
            // Takes the timer out, if there is one.
            asked.cancel(false);
        }
        sourceReader.close();
    }
}
