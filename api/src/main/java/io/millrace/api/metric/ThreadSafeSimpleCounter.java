package io.millrace.api.metric;

import java.util.concurrent.atomic.LongAdder;

/** A counter that any threads may write. Thread-safe. */
public class ThreadSafeSimpleCounter implements Counter {
    private final LongAdder count = new LongAdder();

    @Override
    public void inc() {
        count.increment();
    }

    @Override
    public void inc(long n) {
        count.add(n);
    }

    @Override
    public void dec() {
        count.decrement();
    }

    @Override
    public void dec(long n) {
        count.add(-n);
    }

    @Override
    public long getCount() {
        return count.sum();
    }
}
