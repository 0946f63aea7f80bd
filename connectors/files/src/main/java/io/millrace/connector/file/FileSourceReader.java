package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads one split after another and asks for the next while the last one it has is being read.
 * Confined to its task.
 */
final class FileSourceReader<T, SplitT extends FileSourceSplit>
        implements SourceReader<T, SplitT>, ChunkedReader<T> {
    private final SourceReaderContext context;
    private final Configuration config;
    private final BulkFormat<T, SplitT> format;
    private final Deque<SplitT> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMoreSplits;
    private boolean requested;

    /** Null between splits, as the next is. */
    private SplitT current;

    private SplitRecords<T> records;

    FileSourceReader(SourceReaderContext context, BulkFormat<T, SplitT> format) {
        this.context = context;
        this.config = context.getConfiguration();
        this.format = format;
    }

    @Override
    public void start() {
        request();
    }

    private void request() {
        if (!requested && !noMoreSplits) {
            requested = true;
            context.sendSplitRequest();
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return read(output, 1);
    }

    @Override
    public InputStatus read(ReaderOutput<T> output, int maxRecords) throws Exception {
        if (records == null && !openNext()) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        try {
            if (!records.emit(output, maxRecords)) {
                finishCurrent();
            }
        } catch (IOException | UncheckedIOException e) {
            throw ListedFile.failed(e, current, "read split " + current.splitId());
        } catch (MillraceException e) {
            // Also of what is chained to the source, which knows nothing of files.
            throw e.code() == ErrorCode.INPUT_MALFORMED
                    ? ListedFile.failed(e, current, "read split " + current.splitId())
                    : e;
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private boolean openNext() {
        SplitT split = waiting.poll();
        if (waiting.isEmpty()) {
            request();
        }
        if (split == null) {
            return false;
        }
        try {
            records = open(split);
        } catch (IOException | UncheckedIOException | MillraceException e) {
            throw ListedFile.failed(e, split, "open split " + split.splitId());
        }
        current = split;
        return true;
    }

    @SuppressWarnings("unchecked") // an adapter's records are those of the source
    private SplitRecords<T> open(SplitT split) throws IOException {
        if (format instanceof StreamFormatAdapter<?> adapter) {
            return StreamRecords.open(
                    ((StreamFormatAdapter<T>) adapter).streamFormat(), config, split);
        }
        return new BulkRecords<>(
                split.getReaderPosition().isPresent()
                        ? format.restoreReader(config, split)
                        : format.createReader(config, split),
                split);
    }

    private void finishCurrent() throws IOException {
        SplitRecords<T> finished = records;
        records = null;
        finished.close();
        ListedFile.requireUnchanged(current);
        current = null;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return records != null || !waiting.isEmpty() || noMoreSplits
                ? CompletableFuture.completedFuture(null)
                : available;
    }

    @Override
    public void addSplits(List<SplitT> splits) {
        requested = false;
        waiting.addAll(splits);
        wake();
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        wake();
    }

    private void wake() {
        CompletableFuture<Void> waitedFor = available;
        available = new CompletableFuture<>();
        waitedFor.complete(null);
    }

    @Override
    @SuppressWarnings("unchecked") // a split's updated form is of its own class
    public List<SplitT> snapshotState(long checkpointId) {
        List<SplitT> splits = new ArrayList<>();
        if (records != null) {
            splits.add((SplitT) current.updateWithCheckpointedPosition(records.position()));
        }
        splits.addAll(waiting);
        return splits;
    }

    @Override
    public void close() throws MillraceException {
        SplitRecords<T> open = records;
        records = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw FileErrors.of(e, current.path(), "close split " + current.splitId());
            }
        }
    }
}
