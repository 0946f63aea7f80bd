package io.millrace.api.source;

import io.millrace.api.type.LongValue;
import java.math.BigInteger;
import java.util.NoSuchElementException;

/** Numbers of a range, both ends included, each in the same mutable value. Not thread-safe. */
public class LongValueSequenceIterator extends SplittableIterator<LongValue> {
    private static final long serialVersionUID = 1L;

    private final LongValue current = new LongValue();
    private final long to;
    private long next;
    private boolean ended;

    /**
     * @throws IllegalArgumentException if the range ends before it begins
     */
    public LongValueSequenceIterator(long from, long to) {
        this(from, to, false);
        if (from > to) {
            throw new IllegalArgumentException(
                    "The numbers from " + from + " to " + to + " are none.");
        }
    }

    private LongValueSequenceIterator(long from, long to, boolean empty) {
        this.next = from;
        this.to = to;
        this.ended = empty;
    }

    /** The number that comes next. */
    public long getCurrent() {
        return next;
    }

    public long getTo() {
        return to;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public LongValue next() {
        if (ended) {
            throw new NoSuchElementException("behind " + to);
        }
        current.setValue(next);
        ended = next == to;
        next = ended ? next : next + 1;
        return current;
    }

    @Override
    public void remove() {
        throw new UnsupportedOperationException("a range has nothing to remove from");
    }

    @Override
    public LongValueSequenceIterator[] split(int numPartitions) {
        if (numPartitions < 1) {
            throw new IllegalArgumentException(
                    "A range is cut into at least 1 part, not " + numPartitions + ".");
        }
        LongValueSequenceIterator[] parts = new LongValueSequenceIterator[numPartitions];
        BigInteger left =
                ended
                        ? BigInteger.ZERO
                        : BigInteger.valueOf(to)
                                .subtract(BigInteger.valueOf(next))
                                .add(BigInteger.ONE);
        long from = next;
        for (int i = 0; i < numPartitions; i++) {
            BigInteger[] share = left.divideAndRemainder(BigInteger.valueOf(numPartitions - i));
            BigInteger size = share[1].signum() > 0 ? share[0].add(BigInteger.ONE) : share[0];
            boolean empty = size.signum() == 0;
            long last = empty ? from : from + size.subtract(BigInteger.ONE).longValue();
            parts[i] = new LongValueSequenceIterator(from, last, empty);
            from = empty ? from : last + 1;
            left = left.subtract(size);
        }
        return parts;
    }

    @Override
    public int getMaximumNumberOfSplits() {
        long size = to - next + 1;
        return ended ? 0 : size <= 0 || size > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) size;
    }
}
