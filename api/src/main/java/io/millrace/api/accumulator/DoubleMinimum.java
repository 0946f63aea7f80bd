package io.millrace.api.accumulator;

/** The smallest of double values. Not thread-safe. */
public class DoubleMinimum implements SimpleAccumulator<Double> {
    private static final long serialVersionUID = 1L;

    private double value = Double.POSITIVE_INFINITY;

    public DoubleMinimum() {}

    /**
     * @param value the smallest value to begin with
     */
    public DoubleMinimum(double value) {
        this.value = value;
    }

    @Override
    public void add(Double added) {
        add(added.doubleValue());
    }

    /** The same without boxing. */
    public void add(double added) {
        value = Math.min(value, added);
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
        value = Double.POSITIVE_INFINITY;
    }

    @Override
    public DoubleMinimum clone() {
        return new DoubleMinimum(value);
    }

    @Override
    public String toString() {
        return "DoubleMinimum " + value;
    }
}
