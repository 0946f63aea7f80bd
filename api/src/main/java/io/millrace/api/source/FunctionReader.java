package io.millrace.api.source;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.ListCheckpointed;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.RichFunction;
import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a source function on a thread of its own and reads what it emits. Confined to its task, but
 * for the thread, which only touches the function and its context.
 */
/* Closing cancels the function and waits for its thread, since the function may not be closed while it
 * runs. Waiting is fine here: a turn that takes long gets a thread to itself. The engine interrupts it
 * when its own patience with a cancelled task ends, and counts on: then this waits as long as it takes.
 * After a failure nobody counts, so this does. */
@SuppressWarnings("deprecation")
final class FunctionReader<T>
        implements SourceReader<T, NumberSequenceSplit>, ChunkedReader<T>, PausableReader {
    private static final long INTERRUPT_INTERVAL_MS = 500;
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SourceFunction<T> function;
    private final HandOver<T> handOver;
    private final FunctionContext<T> context;
    private final FunctionLock lock;
    private final Thread thread;
    private boolean started;
    private boolean closed;

    /**
     * @param name of the thread
     */
    FunctionReader(
            SourceFunction<T> function,
            HandOver<T> handOver,
            FunctionContext<T> context,
            FunctionLock lock,
            String name,
            ClassLoader userLoader) {
        this.function = function;
        this.handOver = handOver;
        this.context = context;
        this.lock = lock;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
        this.thread.setContextClassLoader(userLoader);
    }

    @Override
    public void start() {
        started = true;
        thread.start();
    }

    private void run() {
        Throwable thrown = null;
        try {
            function.run(context);
        } catch (Throwable e) {
            thrown = e;
        }
        context.end(thrown);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return read(output, 1);
    }

    @Override
    public InputStatus read(ReaderOutput<T> output, int maxRecords) throws Exception {
        return handOver.take(output, maxRecords);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return handOver.available();
    }

    /** A function without state begins anew anyway, and may go on. */
    @Override
    public boolean pause() {
        return !hasState(function) || lock.acquire() && handOver.isEmpty();
    }

    @SuppressWarnings("deprecation") // the older interface is served too
    private static boolean hasState(SourceFunction<?> function) {
        return function instanceof CheckpointedFunction || function instanceof ListCheckpointed;
    }

    @Override
    public void resume() {
        lock.release();
    }

    /** A function has no splits; its state is saved with those of all functions. */
    @Override
    public List<NumberSequenceSplit> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void addSplits(List<NumberSequenceSplit> splits) {
        throw new IllegalStateException("A source function reads no splits, but got " + splits);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() throws Exception {
        if (closed) {
            return;
        }
        closed = true;
        boolean interrupted = false;
        Throwable failure = null;
        boolean ended = handOver.close();
        lock.close();
        if (started && !ended) {
            try {
                function.cancel();
            } catch (Throwable e) {
                failure = e;
            }
            interrupted = awaitEnd();
        }
        failure = closeFunction(failure);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
    }

    private Throwable closeFunction(Throwable failure) {
        try {
            if (function instanceof RichFunction rich) {
                rich.close();
            }
        } catch (Throwable e) {
            if (failure == null) {
                return e;
            }
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** Returns whether this thread was interrupted. */
    private boolean awaitEnd() {
        boolean interrupted = false;
        long beganNanos = System.nanoTime();
        while (true) {
            try {
                thread.join(INTERRUPT_INTERVAL_MS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (!thread.isAlive()) {
                return interrupted;
            }
            thread.interrupt();
            if (!interrupted && System.nanoTime() - beganNanos > GIVE_UP_NANOS) {
                throw new MillraceException(
                        ErrorCode.USER_CODE_FAILED,
                        "the source function "
                                + function.getClass().getName()
                                + " has not returned from run() "
                                + TimeUnit.NANOSECONDS.toSeconds(GIVE_UP_NANOS)
                                + " s after its cancel, and interrupts did not help. Its thread '"
                                + thread.getName()
                                + "' stays in the worker. Let its loop look at a flag that"
                                + " cancel() sets.");
            }
        }
    }
}
