package io.millrace.api.accumulator;

/** Adds up double values. Not thread-safe. */
public class DoubleCounter implements SimpleAccumulator<Double> {
    private static final long serialVersionUID = 1L;

    private double value = 0;

    public DoubleCounter() {}

    /**
     * @param value the count to begin with
     */
    public DoubleCounter(double value) {
        this.value = value;
    }

    @Override
    public void add(Double added) {
        add(added.doubleValue());
    }

    /** The same without boxing. */
    public void add(double added) {
        value += added;
    }

    @Override
    public Double getLocalValue() {
        return value;
    }

    public double getLocalValuePrimitive() {
        return value;
    }

    @Override
    public void merge(Accumulator<Double, Double> other) {
        add(other.getLocalValue());
    }

    @Override
    public void resetLocal() {
        value = 0;
    }

    @Override
    public DoubleCounter clone() {
        return new DoubleCounter(value);
    }

    @Override
    public String toString() {
        return "DoubleCounter " + value;
    }
}
