package io.millrace.api.cache;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.Path;
import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.type.ValueCodec;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads files of a cached stream, one after the other. Confined to its task. */
final class CacheReader<T> implements SourceReader<T, CacheSplit>, ChunkedReader<T> {
    private static final int BUFFER_BYTES = 64 << 10;

    private final SourceReaderContext context;
    private final ValueCodec<T> codec;
    private final ArrayDeque<CacheSplit> waiting = new ArrayDeque<>();

    /** Completed when there is a split, or will be none. */
    private CompletableFuture<Void> available = new CompletableFuture<>();

    // Null between files.
    private CacheSplit current;
    private DataInputStream in;
    private long position;
    private boolean noMoreSplits;

    CacheReader(SourceReaderContext context, ValueCodec<T> codec) {
        this.context = context;
        this.codec = codec;
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
        if (current == null && waiting.isEmpty()) {
            if (!noMoreSplits && available.isDone()) {
                available = new CompletableFuture<>();
            }
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        if (current == null) {
            current = waiting.remove();
        }
        try {
            readSome(output, maxRecords);
        } catch (IOException e) {
            throw FileErrors.of(e, new Path(current.file()), "read a cached stream");
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private void readSome(ReaderOutput<T> output, int maxRecords) throws IOException {
        if (in == null) {
            open();
        }
        for (int i = 0; i < maxRecords; i++) {
            int first = in.read();
            if (first < 0) {
                in.close();
                in = null;
                current = null;
                if (waiting.isEmpty() && !noMoreSplits) {
                    context.sendSplitRequest();
                }
                return;
            }
            output.collect(codec.decode(record(first)));
        }
    }

    private byte[] record(int first) throws IOException {
        int length =
                first << 24
                        | in.readUnsignedByte() << 16
                        | in.readUnsignedByte() << 8
                        | in.readUnsignedByte();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("it ends in the middle of a record");
        }
        position += Integer.BYTES + (long) length;
        return bytes;
    }

    private void open() throws IOException {
        Path path = new Path(current.file());
        FSDataInputStream file = path.getFileSystem().open(path);
        file.seek(current.skipped());
        position = current.skipped();
        in = new DataInputStream(new BufferedInputStream(file, BUFFER_BYTES));
    }

    @Override
    public List<CacheSplit> snapshotState(long checkpointId) {
        List<CacheSplit> splits = new ArrayList<>();
        if (current != null) {
            splits.add(in == null ? current : new CacheSplit(current.file(), position));
        }
        splits.addAll(waiting);
        return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return current != null ? CompletableFuture.completedFuture(null) : available;
    }

    @Override
    public void addSplits(List<CacheSplit> splits) {
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
        if (in != null) {
            in.close();
            in = null;
        }
    }
}
