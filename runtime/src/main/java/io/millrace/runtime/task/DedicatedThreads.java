package io.millrace.runtime.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One thread for each piece of work, parked while there is nothing to do, and a monitor.
 * Thread-safe.
 */
final class DedicatedThreads implements TaskThreads {
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long JOIN_MS = 2_000;

    private final Consumer<Throwable> fatal;
    private final LongConsumer onCheck;
    private final Set<DedicatedWork> running = ConcurrentHashMap.newKeySet();
    private final Thread monitor;
    // Written by close, read by all threads.
    private volatile boolean closing;

    /**
     * @param fatal told of what no thread survives
     * @param onCheck called by the monitor with the time, every 100 ms
     */
    DedicatedThreads(Consumer<Throwable> fatal, LongConsumer onCheck) {
        this.fatal = fatal;
        this.onCheck = onCheck;
        this.monitor = thread(this::monitor, "task-monitor");
    }

    private Thread thread(Runnable body, String name) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, error) -> fatal.accept(error));
        return thread;
    }

    @Override
    public void start() {
        monitor.start();
    }

    @Override
    public WorkHandle add(Turnable work, String name) {
        return new DedicatedWork(this, work, name);
    }

    /** A thread for work that has been woken for the first time; the caller starts it. */
    Thread threadFor(DedicatedWork work, String name) {
        running.add(work);
        return thread(work, name);
    }

    void ended(DedicatedWork work) {
        running.remove(work);
    }

    boolean isClosing() {
        return closing;
    }

    private void monitor() {
        while (!closing) {
            LockSupport.parkNanos(this, CHECK_NANOS);
            onCheck.accept(System.nanoTime());
        }
    }

    @Override
    public void close() {
        closing = true;
        List<Thread> threads = new ArrayList<>();
        threads.add(monitor);
        for (DedicatedWork work : running) {
            work.wake();
            Thread thread = work.thread();
            if (thread != null) {
                threads.add(thread);
            }
        }
        LockSupport.unpark(monitor);
        Joining.joinAll(threads, JOIN_MS);
    }
}
