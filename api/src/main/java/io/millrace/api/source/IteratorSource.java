package io.millrace.api.source;

import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The values of a serializable iterator, read by one subtask. A reader that goes on skips. */
public final class IteratorSource<T>
        implements Source<T, NumberSequenceSplit, Collection<NumberSequenceSplit>>,
                ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    private final Iterator<T> iterator;
    private final TypeInformation<T> type;

    /**
     * @param iterator must be serializable; not used by others
     * @param type null if it is to be found from the values
     */
    public IteratorSource(Iterator<T> iterator, TypeInformation<T> type) {
        this.iterator = iterator;
        this.type = type;
    }

    /** Null if it is to be found from the values. */
    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, NumberSequenceSplit> createReader(SourceReaderContext readerContext) {
        return new IteratorReader<>(readerContext, iterator);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> enumContext) {
        return new QueueEnumerator<>(
                enumContext, List.of(new NumberSequenceSplit("1", 0, Long.MAX_VALUE)));
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> enumContext,
            Collection<NumberSequenceSplit> checkpoint) {
        return new QueueEnumerator<>(enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
        return new RangeSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<NumberSequenceSplit>>
            getEnumeratorCheckpointSerializer() {
        return new ListSerializer<>(new RangeSplitSerializer());
    }

    /** Reads the iterator from a position on. Confined to its task. */
    private static final class IteratorReader<T> implements SourceReader<T, NumberSequenceSplit> {
        private final SourceReaderContext context;
        private final Iterator<T> iterator;
        private final CompletableFuture<Void> available = new CompletableFuture<>();

        /** Null until the split has come, and at the end. */
        private NumberSequenceSplit split;

        private long next;
        private boolean ended;

        IteratorReader(SourceReaderContext context, Iterator<T> iterator) {
            this.context = context;
            this.iterator = iterator;
        }

        @Override
        public void start() {
            context.sendSplitRequest();
        }

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) {
            if (split == null) {
                return ended ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            if (!iterator.hasNext()) {
                split = null;
                ended = true;
                return InputStatus.END_OF_INPUT;
            }
            output.collect(iterator.next());
            next++;
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<NumberSequenceSplit> snapshotState(long checkpointId) {
            List<NumberSequenceSplit> splits = new ArrayList<>();
            if (split != null) {
                splits.add(new NumberSequenceSplit(split.splitId(), next, split.to()));
            }
            return splits;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public void addSplits(List<NumberSequenceSplit> splits) {
            split = splits.get(0);
            while (next < split.from() && iterator.hasNext()) {
                iterator.next();
                next++;
            }
            available.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            ended = split == null;
            available.complete(null);
        }

        @Override
        public void close() {}
    }
}
