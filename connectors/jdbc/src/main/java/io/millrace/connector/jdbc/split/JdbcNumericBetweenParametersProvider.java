package io.millrace.connector.jdbc.split;

import java.io.Serializable;

/**
 * Cuts a range of whole numbers into ranges of nearly equal length, for {@code … WHERE id BETWEEN ?
 * AND ?}. Both ends belong to a range.
 */
public class JdbcNumericBetweenParametersProvider implements JdbcParameterValuesProvider {
    private static final long serialVersionUID = 1L;

    private final long minVal;
    private final long maxVal;
    private long batchSize;
    private int batchNum;

    /**
     * To be completed by {@link #ofBatchSize} or {@link #ofBatchNum}.
     *
     * @param minVal the smallest number that is read
     * @param maxVal the largest number that is read
     */
    public JdbcNumericBetweenParametersProvider(long minVal, long maxVal) {
        if (minVal > maxVal) {
            throw new IllegalArgumentException(
                    "The smallest number, " + minVal + ", is above the largest, " + maxVal + ".");
        }
        this.minVal = minVal;
        this.maxVal = maxVal;
    }

    /**
     * @param fetchSize the longest range, at least 1
     */
    public JdbcNumericBetweenParametersProvider(long fetchSize, long minVal, long maxVal) {
        this(minVal, maxVal);
        ofBatchSize(fetchSize);
    }

    /** As many ranges as are needed for none to be longer than this. */
    public final JdbcNumericBetweenParametersProvider ofBatchSize(long batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "A range has at least 1 number, not " + batchSize + ".");
        }
        long ranges = Math.addExact((count() - 1) / batchSize, 1);
        if (ranges > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Ranges of "
                            + batchSize
                            + " would be "
                            + ranges
                            + " splits for the numbers from "
                            + minVal
                            + " to "
                            + maxVal
                            + ". Make them longer.");
        }
        return cut((int) ranges);
    }

    /** So many ranges, fewer if there are not so many numbers. */
    public JdbcNumericBetweenParametersProvider ofBatchNum(int batchNum) {
        if (batchNum < 1) {
            throw new IllegalArgumentException("There is at least 1 range, not " + batchNum + ".");
        }
        return cut((int) Math.min(batchNum, count()));
    }

    private JdbcNumericBetweenParametersProvider cut(int ranges) {
        this.batchNum = ranges;
        this.batchSize = count() / ranges;
        return this;
    }

    private long count() {
        try {
            return Math.addExact(Math.subtractExact(maxVal, minVal), 1);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "From "
                            + minVal
                            + " to "
                            + maxVal
                            + " are more numbers than can be counted. Give the smallest and largest"
                            + " that the column has.",
                    e);
        }
    }

    @Override
    public Serializable[][] getParameterValues() {
        if (batchNum == 0) {
            throw new IllegalStateException(
                    "Say into how many ranges the numbers are cut: ofBatchSize(…) or"
                            + " ofBatchNum(…).");
        }
        Serializable[][] ranges = new Serializable[batchNum][];
        long longer = count() % batchNum;
        long start = minVal;
        for (int i = 0; i < batchNum; i++) {
            long end = start + batchSize - (i < longer ? 0 : 1);
            ranges[i] = new Serializable[] {start, end};
            start = end + 1;
        }
        return ranges;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JdbcNumericBetweenParametersProvider that
                && minVal == that.minVal
                && maxVal == that.maxVal
                && batchNum == that.batchNum;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * minVal + maxVal) + batchNum;
    }
}
