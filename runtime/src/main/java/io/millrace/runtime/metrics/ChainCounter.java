package io.millrace.runtime.metrics;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.SimpleCounter;
import java.util.function.LongSupplier;

/** What the engine has counted, and what a connector adds to it. */
final class ChainCounter implements Counter {
    private final LongSupplier counted;
    private final Counter added = new SimpleCounter();

    ChainCounter(LongSupplier counted) {
        this.counted = counted;
    }

    @Override
    public void inc() {
        added.inc();
    }

    @Override
    public void inc(long n) {
        added.inc(n);
    }

    @Override
    public void dec() {
        added.dec();
    }

    @Override
    public void dec(long n) {
        added.dec(n);
    }

    @Override
    public long getCount() {
        return counted.getAsLong() + added.getCount();
    }
}
