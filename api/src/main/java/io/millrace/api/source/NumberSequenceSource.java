package io.millrace.api.source;

import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** The numbers of a range, in as many splits as there are readers. Immutable. */
public class NumberSequenceSource
        implements Source<
                        Long,
                        NumberSequenceSource.NumberSequenceSplit,
                        Collection<NumberSequenceSource.NumberSequenceSplit>>,
                ResultTypeQueryable<Long>,
                SupportsConcurrentExecutionAttempts {
    private static final long serialVersionUID = 1L;

    private final long from;
    private final long to;

    /**
     * @param to included
     */
    public NumberSequenceSource(long from, long to) {
        if (from > to) {
            throw new IllegalArgumentException(
                    "A sequence goes up, but this one goes from " + from + " to " + to + ".");
        }
        this.from = from;
        this.to = to;
    }

    public long getFrom() {
        return from;
    }

    /** The last number. */
    public long getTo() {
        return to;
    }

    @Override
    public TypeInformation<Long> getProducedType() {
        return Types.LONG;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext readerContext) {
        return new RangeReader<>(readerContext, Long::valueOf);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> enumContext) {
        return new QueueEnumerator<>(
                enumContext, splitNumberRange(from, to, enumContext.currentParallelism()));
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

    /**
     * Cuts a range into parts that differ by at most one number, fewer if there are not enough.
     *
     * @param to included
     */
    protected List<NumberSequenceSplit> splitNumberRange(long from, long to, int numSplits) {
        return cut(from, to, numSplits);
    }

    static List<NumberSequenceSplit> cut(long from, long to, int parts) {
        List<NumberSequenceSplit> splits = new ArrayList<>();
        // The range may have 2^64 numbers, so this counts unsigned and one less: each part takes
        // the
        // part-th of what is left, rounded up.
        long next = from;
        for (int left = parts; left > 0; left--) {
            long end = next + Long.divideUnsigned(to - next, left);
            splits.add(new NumberSequenceSplit(String.valueOf(splits.size() + 1), next, end));
            if (end == to) {
                break;
            }
            next = end + 1;
        }
        return splits;
    }

    /** A part of the range. Immutable. */
    public static class NumberSequenceSplit
            implements IteratorSourceSplit<Long, NumberSequenceIterator> {
        private final String splitId;
        private final long from;
        private final long to;

        /**
         * @param from next number
         * @param to last number; the split is empty if it is less than {@code from}
         */
        public NumberSequenceSplit(String splitId, long from, long to) {
            this.splitId = splitId;
            this.from = from;
            this.to = to;
        }

        @Override
        public String splitId() {
            return splitId;
        }

        public long from() {
            return from;
        }

        public long to() {
            return to;
        }

        @Override
        public NumberSequenceIterator getIterator() {
            return new NumberSequenceIterator(from, to);
        }

        @Override
        public IteratorSourceSplit<Long, NumberSequenceIterator> getUpdatedSplitForIterator(
                NumberSequenceIterator iterator) {
            if (!iterator.hasNext()) {
                throw new IllegalArgumentException("Nothing is left of " + this + ".");
            }
            return new NumberSequenceSplit(splitId, iterator.getCurrent(), iterator.getTo());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NumberSequenceSplit that
                    && splitId.equals(that.splitId)
                    && from == that.from
                    && to == that.to;
        }

        @Override
        public int hashCode() {
            return Objects.hash(splitId, from, to);
        }

        @Override
        public String toString() {
            return "split " + splitId + " [" + from + ", " + to + "]";
        }
    }
}
