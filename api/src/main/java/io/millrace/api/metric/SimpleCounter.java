package io.millrace.api.metric;

/**
 * A counter that one thread writes and any reads. A reader may see a count that is a little old,
 * never a wrong one.
 */
public class SimpleCounter implements Counter {
    // Written by one thread without waiting for memory, read by reporters.
    private static final java.lang.invoke.VarHandle COUNT;

    static {
        try {
            COUNT =
                    java.lang.invoke.MethodHandles.lookup()
                            .findVarHandle(SimpleCounter.class, "count", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long count;

    @Override
    public void inc() {
        inc(1);
    }

    @Override
    public void inc(long n) {
        COUNT.setOpaque(this, count + n);
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
        return (long) COUNT.getOpaque(this);
    }
}
