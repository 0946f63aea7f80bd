package io.millrace.benchmarks.job;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock that lets records become due at a steady rate, on a thread of its own, so that an engine
 * which is late does not slow down what it is measured against. The thread writes, a reader reads
 * {@link #tickNanos} and {@link #due} after it.
 */
/* Linux lets a sleeper sleep 50 µs longer than it asked for, so ticks are a little over the pause
 * apart; what became due meanwhile becomes available with the tick, and carries its time.
 */
public final class Pace implements AutoCloseable {
    private final double recordsPerNano;
    private final long pauseNanos;
    private final Runnable onTick;
    private final long beganNanos = System.nanoTime();
    private final Thread thread;
    private volatile boolean closed;
    private volatile long tickNanos = beganNanos;

    /**
     * @param recordsPerSecond of one reader
     * @param onTick called by the pace's thread after each tick
     */
    public Pace(double recordsPerSecond, long pauseMicros, Runnable onTick) {
        this.recordsPerNano = recordsPerSecond / 1e9;
        this.pauseNanos = TimeUnit.MICROSECONDS.toNanos(pauseMicros);
        this.onTick = onTick;
        this.thread = new Thread(this::run, "pace");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, pauseNanos);
            tickNanos = System.nanoTime();
            onTick.run();
        }
    }

    /** When the last tick was, in {@link System#nanoTime}. */
    public long tickNanos() {
        return tickNanos;
    }

    /** How many records have become due since the beginning. */
    public long due(long atNanos) {
        return (long) ((atNanos - beganNanos) * recordsPerNano);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
