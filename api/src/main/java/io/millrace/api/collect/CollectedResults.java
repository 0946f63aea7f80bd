package io.millrace.api.collect;

import io.millrace.api.graph.JobExecutor;
import io.millrace.api.sink.Sink;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.JobClient;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The records of a running job's stream. Confined to its reader. Ends when the job has finished;
 * throws what the job failed with. Closing it cancels a job that still runs.
 */
public final class CollectedResults<T> implements CloseableIterator<T> {
    private static final long CANCEL_TIMEOUT_MS = 30_000;

    private final ResultServer server;
    private final ResultBuffer buffer;
    private final JobClient job;
    private final ValueCodec<T> codec;

    /** What is left of the frame being read. */
    private ByteBuffer frame = ByteBuffer.allocate(0);

    private boolean closed;

    private CollectedResults(
            ResultServer server, ResultBuffer buffer, JobClient job, ValueCodec<T> codec) {
        this.server = server;
        this.buffer = buffer;
        this.job = job;
        this.codec = codec;
    }

    /** Adds the sink to the program and starts it. */
    public interface Starter<T> {
        JobClient start(Sink<T> sink) throws Exception;
    }

    /**
     * Starts a program whose records come back through the returned iterator.
     *
     * @param type null if it is to be found from the records
     * @param onlyWhenComplete gives nothing before the job has finished
     */
    public static <T> CollectedResults<T> of(
            JobExecutor executor,
            TypeInformation<T> type,
            ClassLoader userLoader,
            boolean onlyWhenComplete,
            Starter<T> starter)
            throws Exception {
        String host = executor.hostForWorkers();
        ResultBuffer buffer = onlyWhenComplete ? SpooledBuffer.open() : new LiveBuffer();
        ResultServer server = null;
        try {
            server = ResultServer.open(host, buffer);
            JobClient job =
                    starter.start(new CollectSink<>(host, server.port(), server.token(), type));
            job.getJobExecutionResult()
                    .whenComplete(
                            (result, failure) -> {
                                if (failure == null) {
                                    buffer.end();
                                } else {
                                    buffer.fail(causeOf(failure));
                                }
                            });
            return new CollectedResults<>(
                    server, buffer, job, executor.valueCodec(type, userLoader));
        } catch (Exception e) {
            try (buffer;
                    ResultServer opened = server) {
                throw e;
            }
        }
    }

    /** Futures that depend on others wrap what those failed with. */
    private static Throwable causeOf(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
        return wrapped ? failure.getCause() : failure;
    }

    @Override
    public boolean hasNext() {
        while (!frame.hasRemaining()) {
            ResultBuffer.Frame next = take();
            if (next == null) {
                return false;
            }
            frame = ByteBuffer.wrap(next.bytes());
        }
        return true;
    }

    private ResultBuffer.Frame take() {
        try {
            return closed ? null : buffer.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for results.", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The job failed: " + e.getMessage(), e);
        }
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        byte[] record = new byte[frame.getInt()];
        frame.get(record);
        return codec.decode(record);
    }

    /** Cancels the job if it still runs, and waits until it has ended. */
    @Override
    public void close() throws Exception {
        if (closed) {
            return;
        }
        closed = true;
        buffer.discard();
        try (buffer;
                server) {
            if (!job.getJobExecutionResult().isDone()) {
                cancelAndWait();
            }
        }
    }

    private void cancelAndWait() throws IOException, InterruptedException {
        try {
            job.cancel().get(CANCEL_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            job.getJobExecutionResult().get(CANCEL_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // Cancelled, or failed on the way: either way it has ended, and nobody wants its
            // results.
            return;
        } catch (TimeoutException e) {
            throw new IOException(
                    "Job "
                            + job.getJobID()
                            + " did not end within "
                            + CANCEL_TIMEOUT_MS
                            + " ms after it was cancelled.",
                    e);
        }
    }
}
