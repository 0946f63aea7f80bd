package io.millrace.api.metric;

/** A gauge of something that only grows, as a counter that cannot be counted up. */
final class GaugeCounter implements Counter {
    private final Gauge<? extends Number> gauge;

    GaugeCounter(Gauge<? extends Number> gauge) {
        this.gauge = gauge;
    }

    @Override
    public void inc() {
        inc(1);
    }

    @Override
    public void inc(long n) {
        throw new UnsupportedOperationException(
                "This meter measures a gauge, so nothing can be marked on it.");
    }

    @Override
    public void dec() {
        inc(-1);
    }

    @Override
    public void dec(long n) {
        inc(-n);
    }

    @Override
    public long getCount() {
        Number value = gauge.getValue();
        return value == null ? 0 : value.longValue();
    }
}
