package io.millrace.api.accumulator;

/** The largest of int values. Not thread-safe. */
public class IntMaximum implements SimpleAccumulator<Integer> {
    private static final long serialVersionUID = 1L;

    private int value = Integer.MIN_VALUE;

    public IntMaximum() {}

    /**
     * @param value the largest value to begin with
     */
    public IntMaximum(int value) {
        this.value = value;
    }

    @Override
    public void add(Integer added) {
        add(added.intValue());
    }

    /** The same without boxing. */
    public void add(int added) {
        value = Math.max(value, added);
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
        value = Integer.MIN_VALUE;
    }

    @Override
    public IntMaximum clone() {
        return new IntMaximum(value);
    }

    @Override
    public String toString() {
        return "IntMaximum " + value;
    }
}
