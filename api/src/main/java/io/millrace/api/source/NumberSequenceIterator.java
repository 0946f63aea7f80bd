package io.millrace.api.source;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The numbers of a range, upwards. Confined to its user. */
public class NumberSequenceIterator extends SplittableIterator<Long> {
    private static final long serialVersionUID = 1L;

    private final long to;
    private long next;

    /** Told apart from the number, so that a range may end at the highest long. */
    private boolean ended;

    /**
     * @param to included; less than {@code from} for no number at all
     */
    public NumberSequenceIterator(long from, long to) {
        this.next = from;
        this.to = to;
        this.ended = from > to;
    }

    /** The number that comes next; behind the last one when there is none. */
    public long getCurrent() {
        return ended ? to + 1 : next;
    }

    public long getTo() {
        return to;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Long next() {
        if (ended) {
            throw new NoSuchElementException("The sequence ended with " + to + ".");
        }
        long number = next;
        if (number == to) {
            ended = true;
        } else {
            next = number + 1;
        }
        return number;
    }

    @Override
    public NumberSequenceIterator[] split(int numPartitions) {
        if (numPartitions < 1) {
            throw new IllegalArgumentException(
                    "A sequence is cut into at least one part, not " + numPartitions + ".");
        }
        NumberSequenceIterator[] parts = new NumberSequenceIterator[numPartitions];
        List<NumberSequenceSource.NumberSequenceSplit> cut =
                ended ? List.of() : NumberSequenceSource.cut(next, to, numPartitions);
        for (int i = 0; i < numPartitions; i++) {
            parts[i] =
                    i < cut.size()
                            ? new NumberSequenceIterator(cut.get(i).from(), cut.get(i).to())
                            : new NumberSequenceIterator(1, 0);
        }
        return parts;
    }

    @Override
    public Iterator<Long> getSplit(int num, int numPartitions) {
        return super.getSplit(num, numPartitions);
    }

    @Override
    public int getMaximumNumberOfSplits() {
        if (ended) {
            return 0;
        }
        long numbers = to - next + 1;
        return numbers < 0 || numbers > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) numbers;
    }
}
