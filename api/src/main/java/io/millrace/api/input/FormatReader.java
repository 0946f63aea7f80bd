package io.millrace.api.input;

import io.millrace.api.function.RuntimeContext;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.type.ValueCodec;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads splits with an input format, one after the other. Confined to its task. */
final class FormatReader<T, S extends InputSplit>
        implements SourceReader<T, FormatSplit>, ChunkedReader<T> {
    private final SourceReaderContext context;
    private final InputFormat<T, S> format;
    private final RuntimeContext runtimeContext;
    // Null if records need no copy.
    private final ValueCodec<T> copier;
    private final ArrayDeque<FormatSplit> waiting = new ArrayDeque<>();

    /** Completed when there is a split, or will be none. */
    private CompletableFuture<Void> available = new CompletableFuture<>();

    private boolean opened;
    // Null between splits.
    private FormatSplit current;
    private long records;
    private T last;
    private boolean noMoreSplits;

    /**
     * @param runtimeContext null outside of a task
     * @param copier null if records need no copy
     */
    FormatReader(
            SourceReaderContext context,
            InputFormat<T, S> format,
            RuntimeContext runtimeContext,
            ValueCodec<T> copier) {
        this.context = context;
        this.format = format;
        this.runtimeContext = runtimeContext;
        this.copier = copier;
    }

    @Override
    public void start() {
        format.configure(new Configuration());
        if (format instanceof RichInputFormat<?, ?> rich) {
            rich.setRuntimeContext(runtimeContext);
            try {
                opened = true;
                rich.openInputFormat();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        context.sendSplitRequest();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return read(output, 1);
    }

    @Override
    public InputStatus read(ReaderOutput<T> output, int maxRecords) throws Exception {
        if (current == null && !nextSplit()) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        for (int i = 0; i < maxRecords; i++) {
            if (format.reachedEnd()) {
                endSplit();
                break;
            }
            T record = format.nextRecord(last);
            records++;
            if (record != null) {
                last = record;
                output.collect(copier == null ? record : copier.copy(record));
            }
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private void endSplit() throws IOException {
        current = null;
        format.close();
        if (waiting.isEmpty() && !noMoreSplits) {
            context.sendSplitRequest();
        }
    }

    private boolean nextSplit() throws IOException {
        FormatSplit split = waiting.poll();
        if (split == null) {
            if (!noMoreSplits && available.isDone()) {
                available = new CompletableFuture<>();
            }
            return false;
        }
        open(split);
        return true;
    }

    @SuppressWarnings("unchecked") // splits of this format
    private void open(FormatSplit split) throws IOException {
        current = split;
        records = 0;
        if (split.state() != null && format instanceof CheckpointableInputFormat<?, ?> known) {
            ((CheckpointableInputFormat<S, Serializable>) known)
                    .reopen((S) split.split(), split.state());
            return;
        }
        format.open((S) split.split());
        while (records < split.skipped() && !format.reachedEnd()) {
            T record = format.nextRecord(last);
            last = record == null ? last : record;
            records++;
        }
    }

    @Override
    public List<FormatSplit> snapshotState(long checkpointId) {
        List<FormatSplit> splits = new ArrayList<>();
        if (current != null) {
            splits.add(rest());
        }
        splits.addAll(waiting);
        return splits;
    }

    private FormatSplit rest() {
        try {
            return format instanceof CheckpointableInputFormat<?, ?> known
                    ? new FormatSplit(current.id(), current.split(), known.getCurrentState(), 0)
                    : new FormatSplit(current.id(), current.split(), null, records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return current != null ? CompletableFuture.completedFuture(null) : available;
    }

    @Override
    public void addSplits(List<FormatSplit> splits) {
        waiting.addAll(splits);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public void close() throws IOException {
        try {
            if (current != null) {
                current = null;
                format.close();
            }
        } finally {
            if (opened) {
                opened = false;
                ((RichInputFormat<?, ?>) format).closeInputFormat();
            }
        }
    }
}
