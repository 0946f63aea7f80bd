package io.millrace.connector.file;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads one split after another and asks for the next while the last one it has is being read.
 * Confined to its task.
 */
final class FileSourceReader<T> implements SourceReader<T, FileSourceSplit>, ChunkedReader<T> {
    private final SourceReaderContext context;
    private final StreamFormat<T> format;
    private final Deque<FileSourceSplit> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMoreSplits;
    private boolean requested;
    private FileSourceSplit current;
    private StreamFormat.Reader<T> reader;

    /** Records read of the current split, counted for formats without positions. */
    private long recordsRead;

    FileSourceReader(SourceReaderContext context, StreamFormat<T> format) {
        this.context = context;
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
        if (reader == null && !openNext()) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        StreamFormat.Reader<T> from = reader;
        try {
            for (int i = 0; i < maxRecords; i++) {
                T record = from.read();
                if (record == null) {
                    finishCurrent();
                    return InputStatus.MORE_AVAILABLE;
                }
                recordsRead++;
                output.collect(record);
            }
        } catch (IOException e) {
            throw FileErrors.of(e, current.path(), "read split " + current.id());
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private boolean openNext() {
        FileSourceSplit split = waiting.poll();
        if (waiting.isEmpty()) {
            request();
        }
        if (split == null) {
            return false;
        }
        try {
            reader = open(split);
        } catch (IOException e) {
            throw FileErrors.of(e, split.path(), "open split " + split.id());
        }
        current = split;
        return true;
    }

    private StreamFormat.Reader<T> open(FileSourceSplit split) throws IOException {
        boolean compressed = Compression.isCompressed(split.path());
        FSDataInputStream file = split.path().getFileSystem().open(split.path());
        try {
            FSDataInputStream content =
                    compressed ? new DecompressedStream(Compression.decompressed(file)) : file;
            long end = compressed ? Long.MAX_VALUE : split.offset() + split.length();
            long fileSize = compressed ? Long.MAX_VALUE : split.fileSize();
            CheckpointedPosition position = split.position();
            StreamFormat.Reader<T> opened;
            if (position != null && position.offset() != CheckpointedPosition.NO_OFFSET) {
                opened =
                        format.restoreReader(
                                context.getConfiguration(),
                                content,
                                position.offset(),
                                fileSize,
                                end);
            } else {
                if (split.offset() > 0) {
                    content.seek(split.offset());
                }
                opened = format.createReader(context.getConfiguration(), content, fileSize, end);
            }
            recordsRead = 0;
            for (long skip = position == null ? 0 : position.recordsAfterOffset();
                    skip > 0;
                    skip--) {
                opened.read();
                recordsRead++;
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            try {
                file.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private void finishCurrent() throws IOException {
        StreamFormat.Reader<T> finished = reader;
        reader = null;
        current = null;
        finished.close();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader != null || !waiting.isEmpty() || noMoreSplits
                ? CompletableFuture.completedFuture(null)
                : available;
    }

    @Override
    public void addSplits(List<FileSourceSplit> splits) {
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
    public List<FileSourceSplit> snapshotState(long checkpointId) {
        List<FileSourceSplit> splits = new ArrayList<>();
        if (current != null) {
            CheckpointedPosition position = reader.getCheckpointedPosition();
            splits.add(
                    current.at(
                            position != null
                                    ? position
                                    : new CheckpointedPosition(
                                            CheckpointedPosition.NO_OFFSET, recordsRead)));
        }
        splits.addAll(waiting);
        return splits;
    }

    @Override
    public void close() throws MillraceException {
        StreamFormat.Reader<T> open = reader;
        reader = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw FileErrors.of(e, current.path(), "close split " + current.id());
            }
        }
    }
}
