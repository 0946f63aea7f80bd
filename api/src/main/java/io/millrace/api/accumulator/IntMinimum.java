package io.millrace.api.accumulator;

/** The smallest of int values. Not thread-safe. */
public class IntMinimum implements SimpleAccumulator<Integer> {
    private static final long serialVersionUID = 1L;

    private int value = Integer.MAX_VALUE;

    public IntMinimum() {}

    /**
     * @param value the smallest value to begin with
     */
    public IntMinimum(int value) {
        this.value = value;
    }

    @Override
    public void add(Integer added) {
        add(added.intValue());
    }

    /** The same without boxing. */
    public void add(int added) {
        value = Math.min(value, added);
    }

    @Override
    public Integer getLocalValue() {
        return value;
    }

    public int getLocalValuePrimitive() {
        return value;
    }

    @Override
    public void merge(Accumulator<Integer, Integer> other) {
        add(other.getLocalValue());
    }

    @Override
    public void resetLocal() {
        value = Integer.MAX_VALUE;
    }

    @Override
    public IntMinimum clone() {
        return new IntMinimum(value);
    }

    @Override
    public String toString() {
        return "IntMinimum " + value;
    }
}
