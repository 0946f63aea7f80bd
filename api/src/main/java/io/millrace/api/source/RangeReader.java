package io.millrace.api.source;

import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** Reads ranges: each number of a split becomes a record. Confined to its task. */
final class RangeReader<T> implements SourceReader<T, NumberSequenceSplit>, ChunkedReader<T> {
    private final SourceReaderContext context;
    private final LongFunction<T> recordOf;
    private final ArrayDeque<NumberSequenceSplit> waiting = new ArrayDeque<>();

    /** Completed when there is a split, or will be none. */
    private CompletableFuture<Void> available = new CompletableFuture<>();

    /** Null between splits. */
    private NumberSequenceSplit current;

    private long next;
    private boolean noMoreSplits;

    RangeReader(SourceReaderContext context, LongFunction<T> recordOf) {
        this.context = context;
        this.recordOf = recordOf;
    }

    @Override
    public void start() {
        context.sendSplitRequest();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
        return read(output, 1);
    }

    @Override
    public InputStatus read(ReaderOutput<T> output, int maxRecords) {
        if (current == null && !nextSplit()) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        long left = current.to() - next;
        // Unsigned: a range may be longer than the highest long.
        long last =
                Long.compareUnsigned(left, maxRecords - 1L) <= 0
                        ? current.to()
                        : next + maxRecords - 1;
        for (long number = next; ; number++) {
            output.collect(recordOf.apply(number));
            if (number == last) {
                break;
            }
        }
        if (last == current.to()) {
            current = null;
            if (waiting.isEmpty() && !noMoreSplits) {
                context.sendSplitRequest();
            }
        } else {
            next = last + 1;
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private boolean nextSplit() {
        NumberSequenceSplit split = waiting.poll();
        while (split != null && split.from() > split.to()) {
            split = waiting.poll();
        }
        if (split == null) {
            if (!noMoreSplits && available.isDone()) {
                available = new CompletableFuture<>();
            }
            return false;
        }
        current = split;
        next = split.from();
        return true;
    }

    @Override
    public List<NumberSequenceSplit> snapshotState(long checkpointId) {
        List<NumberSequenceSplit> splits = new ArrayList<>();
        if (current != null) {
            splits.add(new NumberSequenceSplit(current.splitId(), next, current.to()));
        }
        splits.addAll(waiting);
        return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return current != null ? CompletableFuture.completedFuture(null) : available;
    }

    @Override
    public void addSplits(List<NumberSequenceSplit> splits) {
        waiting.addAll(splits);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public void close() {}
}
