package io.millrace.api.metric;

/** A snapshot of the values of a histogram. */
public abstract class HistogramStatistics {
    /**
     * @param quantile from 0 to 1
     */
    public abstract double getQuantile(double quantile);

    public abstract long[] getValues();

    /** How many values these are of. */
    public abstract int size();

    public abstract double getMean();

    public abstract double getStdDev();

    public abstract long getMax();

    public abstract long getMin();
}
