package io.millrace.api.metric;

/**
 * The rate of a counter over the last minute or another time span, from the counts that it had at
 * each {@link View#update}. Marked by one thread, updated and read by reporters.
 */
public class MeterView implements Meter, View {
    private static final int DEFAULT_TIME_SPAN_SECONDS = 60;

    private final Counter counter;
    private final int spanSeconds;
    // Confined to the thread that updates.
    private final long[] counts;
    private int newest;
    // Written by the thread that updates, read by any.
    private volatile double rate;

    /** Over a minute. */
    public MeterView(Counter counter) {
        this(counter, DEFAULT_TIME_SPAN_SECONDS);
    }

    /**
     * @param timeSpanInSeconds rounded down to a multiple of {@link View#UPDATE_INTERVAL_SECONDS},
     *     at least one
     */
    public MeterView(int timeSpanInSeconds) {
        this(new SimpleCounter(), timeSpanInSeconds);
    }

    public MeterView(Counter counter, int timeSpanInSeconds) {
        this.counter = counter;
        int updates = Math.max(1, timeSpanInSeconds / UPDATE_INTERVAL_SECONDS);
        this.spanSeconds = updates * UPDATE_INTERVAL_SECONDS;
        this.counts = new long[updates + 1];
    }

    /**
     * @param numberGauge of what only grows
     */
    public MeterView(Gauge<? extends Number> numberGauge) {
        this(new GaugeCounter(numberGauge));
    }

    @Override
    public void markEvent() {
        counter.inc();
    }

    @Override
    public void markEvent(long n) {
        counter.inc(n);
    }

    @Override
    public long getCount() {
        return counter.getCount();
    }

    @Override
    public double getRate() {
        return rate;
    }

    @Override
    public void update() {
        newest = (newest + 1) % counts.length;
        counts[newest] = counter.getCount();
        long oldest = counts[(newest + 1) % counts.length];
        rate = (double) (counts[newest] - oldest) / spanSeconds;
    }
}
