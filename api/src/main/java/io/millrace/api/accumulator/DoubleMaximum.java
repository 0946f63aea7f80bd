package io.millrace.api.accumulator;

/** The largest of double values. Not thread-safe. */
public class DoubleMaximum implements SimpleAccumulator<Double> {
    private static final long serialVersionUID = 1L;

    private double value = Double.NEGATIVE_INFINITY;

    public DoubleMaximum() {}

    /**
     * @param value the largest value to begin with
     */
    public DoubleMaximum(double value) {
        this.value = value;
    }

    @Override
    public void add(Double added) {
        add(added.doubleValue());
    }

    /** The same without boxing. */
    public void add(double added) {
        value = Math.max(value, added);
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
        value = Double.NEGATIVE_INFINITY;
    }

    @Override
    public DoubleMaximum clone() {
        return new DoubleMaximum(value);
    }

    @Override
    public String toString() {
        return "DoubleMaximum " + value;
    }
}
