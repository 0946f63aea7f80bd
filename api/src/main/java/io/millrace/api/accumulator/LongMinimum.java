package io.millrace.api.accumulator;

/** The smallest of long values. Not thread-safe. */
public class LongMinimum implements SimpleAccumulator<Long> {
    private static final long serialVersionUID = 1L;

    private long value = Long.MAX_VALUE;

    public LongMinimum() {}

    /**
     * @param value the smallest value to begin with
     */
    public LongMinimum(long value) {
        this.value = value;
    }

    @Override
    public void add(Long added) {
        add(added.longValue());
    }

    /** The same without boxing. */
    public void add(long added) {
        value = Math.min(value, added);
    }

    @Override
    public Long getLocalValue() {
        return value;
    }

    public long getLocalValuePrimitive() {
        return value;
    }

    @Override
    public void merge(Accumulator<Long, Long> other) {
        add(other.getLocalValue());
    }

    @Override
    public void resetLocal() {
        value = Long.MAX_VALUE;
    }

    @Override
    public LongMinimum clone() {
        return new LongMinimum(value);
    }

    @Override
    public String toString() {
        return "LongMinimum " + value;
    }
}
