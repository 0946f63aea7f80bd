package io.millrace.api.accumulator;

/** Adds up long values. Not thread-safe. */
public class LongCounter implements SimpleAccumulator<Long> {
    private static final long serialVersionUID = 1L;

    private long value = 0;

    public LongCounter() {}

    /**
     * @param value the count to begin with
     */
    public LongCounter(long value) {
        this.value = value;
    }

    @Override
    public void add(Long added) {
        add(added.longValue());
    }

    /** The same without boxing. */
    public void add(long added) {
        value += added;
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
        value = 0;
    }

    @Override
    public LongCounter clone() {
        return new LongCounter(value);
    }

    @Override
    public String toString() {
        return "LongCounter " + value;
    }
}
