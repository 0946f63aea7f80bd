package io.millrace.runtime.testing;

import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A bounded source of {@code function(0) … function(count - 1)}; {@link LocalJob} plays its
 * enumerator.
 */
public final class RangeSource<T> implements Source<T, RangeSource.Range, Void> {
    private static final long serialVersionUID = 1L;

    private final long count;
    private final MapFunction<Long, T> function;
    private final FilterFunction<Long> mayRead;

    public RangeSource(long count, MapFunction<Long, T> function) {
        this(count, function, number -> true);
    }

    /**
     * @param mayRead asked before each record; while it says no, the reader reads nothing
     */
    public RangeSource(long count, MapFunction<Long, T> function, FilterFunction<Long> mayRead) {
        this.count = count;
        this.function = function;
        this.mayRead = mayRead;
    }

    /** From inclusive, to exclusive. */
    public record Range(long from, long to) implements SourceSplit {
        @Override
        public String splitId() {
            return from + "-" + to;
        }
    }

    /** Even parts of the whole, as many as asked for. */
    public List<byte[]> splits(int parts) {
        List<byte[]> splits = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            splits.add(
                    RangeSerializer.INSTANCE.serialize(
                            new Range(count * i / parts, count * (i + 1) / parts)));
        }
        return splits;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, Range> createReader(SourceReaderContext readerContext) {
        return new RangeReader<>(readerContext, function, mayRead);
    }

    @Override
    public SplitEnumerator<Range, Void> createEnumerator(
            SplitEnumeratorContext<Range> enumContext) {
        throw new UnsupportedOperationException("LocalJob plays the enumerator");
    }

    @Override
    public SplitEnumerator<Range, Void> restoreEnumerator(
            SplitEnumeratorContext<Range> enumContext, Void checkpoint) {
        throw new UnsupportedOperationException("LocalJob plays the enumerator");
    }

    @Override
    public SimpleVersionedSerializer<Range> getSplitSerializer() {
        return RangeSerializer.INSTANCE;
    }

    @Override
    public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
        throw new UnsupportedOperationException("there is no enumerator");
    }

    private enum RangeSerializer implements SimpleVersionedSerializer<Range> {
        INSTANCE;

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Range range) {
            return ByteBuffer.allocate(16).putLong(range.from).putLong(range.to).array();
        }

        @Override
        public Range deserialize(int version, byte[] serialized) {
            ByteBuffer bytes = ByteBuffer.wrap(serialized);
            return new Range(bytes.getLong(), bytes.getLong());
        }
    }

    private static final class RangeReader<T> implements SourceReader<T, Range>, ChunkedReader<T> {
        private final SourceReaderContext context;
        private final MapFunction<Long, T> function;
        private final FilterFunction<Long> mayRead;
        private final ArrayDeque<Range> splits = new ArrayDeque<>();
        private CompletableFuture<Void> available = new CompletableFuture<>();
        private boolean noMoreSplits;
        private long next;
        private long end;

        RangeReader(
                SourceReaderContext context,
                MapFunction<Long, T> function,
                FilterFunction<Long> mayRead) {
            this.mayRead = mayRead;
            this.context = context;
            this.function = function;
        }

        @Override
        public void start() {
            context.sendSplitRequest();
        }

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
            return read(output, 1);
        }

        @Override
        public InputStatus read(ReaderOutput<T> output, int maxRecords) throws Exception {
            if (next == end) {
                if (splits.isEmpty()) {
                    if (noMoreSplits) {
                        return InputStatus.END_OF_INPUT;
                    }
                    available = new CompletableFuture<>();
                    return InputStatus.NOTHING_AVAILABLE;
                }
                Range range = splits.remove();
                next = range.from;
                end = range.to;
                context.sendSplitRequest();
            }
            long last = Math.min(end, next + maxRecords);
            while (next < last && mayRead.filter(next)) {
                output.collect(function.map(next++));
            }
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<Range> snapshotState(long checkpointId) {
            List<Range> all = new ArrayList<>();
            if (next < end) {
                all.add(new Range(next, end));
            }
            all.addAll(splits);
            return all;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public void addSplits(List<Range> added) {
            splits.addAll(added);
            available.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            noMoreSplits = true;
            available.complete(null);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
