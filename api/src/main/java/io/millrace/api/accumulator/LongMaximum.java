package io.millrace.api.accumulator;

/** The largest of long values. Not thread-safe. */
public class LongMaximum implements SimpleAccumulator<Long> {
    private static final long serialVersionUID = 1L;

    private long value = Long.MIN_VALUE;

    public LongMaximum() {}

    /**
     * @param value the largest value to begin with
     */
    public LongMaximum(long value) {
        this.value = value;
    }

    @Override
    public void add(Long added) {
        add(added.longValue());
    }

    /** The same without boxing. */
    public void add(long added) {
        value = Math.max(value, added);
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
        value = Long.MIN_VALUE;
    }

    @Override
    public LongMaximum clone() {
        return new LongMaximum(value);
    }

    @Override
    public String toString() {
        return "LongMaximum " + value;
    }
}
