package io.millrace.api.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads splits that are iterators, one after the other, and asks for the next when it has none.
 * Confined to its task. The protected fields are for subclasses that poll in their own way.
 *
 * @param <E> what the iterators give
 * @param <O> the records
 */
public abstract class IteratorSourceReaderBase<
                E, O, IterT extends Iterator<E>, SplitT extends IteratorSourceSplit<E, IterT>>
        implements SourceReader<O, SplitT> {
    /** Completed when polling makes sense. */
    protected CompletableFuture<Void> availability = new CompletableFuture<>();

    /** Of the current split; null between splits. */
    protected IterT iterator;

    /** Null between splits. */
    protected SplitT currentSplit;

    private final SourceReaderContext context;
    private final ArrayDeque<SplitT> waiting = new ArrayDeque<>();
    private boolean noMoreSplits;

    /** A request is on its way. */
    private boolean requested;

    protected IteratorSourceReaderBase(SourceReaderContext context) {
        this.context = context;
    }

    @Override
    public void start() {
        if (waiting.isEmpty()) {
            request();
        }
        start(context);
    }

    /** Called once, before the first poll. */
    protected void start(SourceReaderContext context) {}

    private void request() {
        if (!requested && !noMoreSplits) {
            requested = true;
            context.sendSplitRequest();
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<O> output) {
        if (iterator != null && iterator.hasNext()) {
            output.collect(convert(iterator.next()));
            if (iterator.hasNext()) {
                return InputStatus.MORE_AVAILABLE;
            }
        }
        finishSplit();
        return tryMoveToNextSplit();
    }

    /** The record of what an iterator has given. */
    protected abstract O convert(E value);

    /** Called when the current split has nothing left. */
    protected void finishSplit() {
        iterator = null;
        currentSplit = null;
    }

    /** Begins the next split, if there is one. */
    protected InputStatus tryMoveToNextSplit() {
        currentSplit = waiting.poll();
        if (waiting.isEmpty()) {
            request();
        }
        if (currentSplit != null) {
            iterator = currentSplit.getIterator();
            return InputStatus.MORE_AVAILABLE;
        }
        if (noMoreSplits) {
            return InputStatus.END_OF_INPUT;
        }
        if (availability.isDone()) {
            availability = new CompletableFuture<>();
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return availability;
    }

    @Override
    public void addSplits(List<SplitT> splits) {
        requested = false;
        waiting.addAll(splits);
        availability.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        availability.complete(null);
    }

    @Override
    @SuppressWarnings("unchecked") // a split's updated form is of its own class
    public List<SplitT> snapshotState(long checkpointId) {
        List<SplitT> splits = new ArrayList<>();
        if (currentSplit != null && iterator.hasNext()) {
            splits.add((SplitT) currentSplit.getUpdatedSplitForIterator(iterator));
        }
        splits.addAll(waiting);
        return splits;
    }

    @Override
    public void close() throws Exception {}
}
