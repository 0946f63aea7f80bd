package io.millrace.api.source;

import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.function.RunnableWithException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Calls a source function under its checkpoint lock, so that neither its own thread emits nor the
 * task waits. Confined to its task; the lock is held by a thread of its own.
 */
/* The task must not wait for the lock: who holds it may wait for the task to read. So another thread
 * waits, and tells when it has the lock. It keeps the lock while a snapshot is taken and makes the calls
 * meanwhile: the function may take the same lock again in them.
 */
final class FunctionLock implements FunctionHost.Caller {
    private final Object lock;
    private final BooleanSupplier ended;
    private final Runnable onHeld;
    private final Consumer<Throwable> onFailed;
    private final String threadName;
    private final ClassLoader userLoader;
    // Emptied by the thread; each is run with the lock held.
    private final LinkedBlockingQueue<Runnable> calls = new LinkedBlockingQueue<>();
    private Thread thread; // null until it is needed
    private Hold hold; // null while the lock is not asked for

    /**
     * @param ended whether the function has returned: then nobody keeps the lock for long
     * @param onHeld told when the lock has been got; any thread
     * @param onFailed told of what a call has thrown that nobody waits for; any thread
     */
    FunctionLock(
            Object lock,
            BooleanSupplier ended,
            Runnable onHeld,
            Consumer<Throwable> onFailed,
            String threadName,
            ClassLoader userLoader) {
        this.lock = lock;
        this.ended = ended;
        this.onHeld = onHeld;
        this.onFailed = onFailed;
        this.threadName = threadName;
        this.userLoader = userLoader;
    }

    /** The lock for as long as it is wanted. */
    private final class Hold implements Runnable {
        private final LinkedBlockingQueue<Runnable> calls = new LinkedBlockingQueue<>();
        // Written by the thread that has the lock, read by the task.
        private volatile boolean held;
        private boolean wanted = true; // of the thread that has the lock

        @Override
        public void run() {
            held = true;
            onHeld.run();
            try {
                while (wanted) {
                    calls.take().run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void release() {
            calls.add(() -> wanted = false);
        }
    }

    /** Asks for the lock, once. Returns whether it is held. */
    boolean acquire() {
        if (hold == null) {
            hold = new Hold();
            submit(hold);
        }
        return hold.held;
    }

    /** Lets the lock go, or does not want it any more. */
    void release() {
        if (hold != null) {
            hold.release();
            hold = null;
        }
    }

    /**
     * While the lock is held, or the function has returned, the call is waited for; else it comes
     * when the lock can be got.
     */
    @Override
    public void call(RunnableWithException call) throws Exception {
        if (hold == null && ended.getAsBoolean()) {
            synchronized (lock) {
                call.run();
            }
            return;
        }
        if (hold == null || !hold.held) {
            submit(
                    () -> {
                        try {
                            call.run();
                        } catch (Throwable e) {
                            onFailed.accept(e);
                        }
                    });
            return;
        }
        FutureTask<Void> made =
                new FutureTask<>(
                        () -> {
                            call.run();
                            return null;
                        });
        hold.calls.add(made);
        try {
            made.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    private void submit(Runnable call) {
        calls.add(call);
        if (thread == null) {
            thread = new Thread(this::run, threadName);
            thread.setDaemon(true);
            thread.setContextClassLoader(userLoader);
            thread.start();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Runnable call = calls.take();
                synchronized (lock) {
                    call.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Ends the thread, as soon as the function lets it have the lock. */
    void close() {
        release();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
