package io.millrace.batch.sort;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Work that another thread may do meanwhile. Who needs the result and finds that nobody has begun
 * does the work itself, so a busy executor never blocks anybody. Started and awaited by one thread.
 */
final class Background<V> implements Runnable {
    private final Supplier<V> work;

    /** Taken by the executor's thread or by the one that awaits, whoever comes first. */
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Publishes what follows to the one that awaits. */
    private final CountDownLatch done = new CountDownLatch(1);

    private V result;
    private Throwable failure;

    private Background(Supplier<V> work) {
        this.work = work;
    }

    static <V> Background<V> start(Executor executor, Supplier<V> work) {
        Background<V> started = new Background<>(work);
        executor.execute(started);
        return started;
    }

    @Override
    public void run() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            result = work.get();
        } catch (Throwable e) { // the top of this work; thrown by await
            failure = e;
        } finally {
            done.countDown();
        }
    }

    /** The result; what the work has thrown is thrown here. */
    V await() {
        run();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a sort used its files", e);
        }
        if (failure instanceof RuntimeException failed) {
            throw failed;
        }
        if (failure instanceof Error failed) {
            throw failed;
        }
        return result;
    }

    /** Returns when nobody works at it any more, nor will; how it ended does not matter. */
    void settle() {
        if (begun.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = false;
        while (done.getCount() > 0) {
            try {
                done.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
