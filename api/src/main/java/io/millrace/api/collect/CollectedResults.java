package io.millrace.api.collect;

import io.millrace.api.graph.JobExecutor;
import io.millrace.api.sink.Sink;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.JobClient;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a running job's stream. Confined to its reader. Ends when the job has finished;
 * throws what the job failed with. Closing it cancels a job that still runs.
 */
public final class CollectedResults<T> implements CloseableIterator<T> {
    private static final Logger LOG = LoggerFactory.getLogger(CollectedResults.class);
    private static final long CANCEL_TIMEOUT_MS = 30_000;

    private final ResultServer server;
    private final ResultBuffer buffer;
    private final ValueCodec<T> codec;
    private final boolean endsWithIterator;

    /** Null before; published by whoever executes the program to the reader. */
    private volatile JobClient job;

    /** What is left of the frame being read. */
    private ByteBuffer frame = ByteBuffer.allocate(0);

    /**
     * Written by the reader, read by whoever executes the program. Each writes its own of {@code
     * job} and {@code closed} before it reads the other's, so that one of them sees both.
     */
    private volatile boolean closed;

    private CollectedResults(
            ResultServer server,
            ResultBuffer buffer,
            ValueCodec<T> codec,
            boolean endsWithIterator) {
        this.server = server;
        this.buffer = buffer;
        this.codec = codec;
        this.endsWithIterator = endsWithIterator;
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
        CollectedResults<T> results = open(executor, type, userLoader, onlyWhenComplete, true);
        try {
            results.started(starter.start(results.sink(executor, type)));
            return results;
        } catch (Exception e) {
            results.abandon(e);
            throw e;
        }
    }

    /**
     * Adds the sink to a program that somebody else starts, and then tells {@link #started}. The
     * job does not end when the iterator is closed.
     */
    public static <T> CollectedResults<T> toStart(
            JobExecutor executor,
            TypeInformation<T> type,
            ClassLoader userLoader,
            boolean onlyWhenComplete,
            Consumer<Sink<T>> program) {
        try {
            CollectedResults<T> results = open(executor, type, userLoader, onlyWhenComplete, false);
            program.accept(results.sink(executor, type));
            return results;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The records of a stream cannot be collected: no port or no local file can be"
                            + " opened for them.",
                    e);
        }
    }

    private static <T> CollectedResults<T> open(
            JobExecutor executor,
            TypeInformation<T> type,
            ClassLoader userLoader,
            boolean onlyWhenComplete,
            boolean endsWithIterator)
            throws IOException {
        ResultBuffer buffer = onlyWhenComplete ? SpooledBuffer.open() : new LiveBuffer();
        try {
            ValueCodec<T> codec = executor.valueCodec(type, userLoader);
            ResultServer server = ResultServer.open(executor.hostForWorkers(), buffer);
            return new CollectedResults<>(server, buffer, codec, endsWithIterator);
        } catch (IOException | RuntimeException e) {
            try (buffer) {
                throw e;
            }
        }
    }

    private Sink<T> sink(JobExecutor executor, TypeInformation<T> type) {
        return new CollectSink<>(executor.hostForWorkers(), server.port(), server.token(), type);
    }

    private void abandon(Exception cause) {
        try (buffer;
                server) {
            closed = true;
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    /** The program runs now, as this job. Once. */
    public void started(JobClient client) {
        job = client;
        client.getJobExecutionResult()
                .whenComplete(
                        (result, failure) -> {
                            if (failure == null) {
                                buffer.end();
                            } else {
                                buffer.fail(causeOf(failure));
                            }
                        });
        if (closed) {
            closeWithJob(client);
        }
    }

    /** Null before the program was executed. */
    public JobClient job() {
        return job;
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
        if (job == null) {
            throw new IllegalStateException(
                    "The records of a stream can be read once its program has been executed. Call"
                            + " execute() or executeAsync() first.");
        }
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

    /**
     * Drops the records that are left. If the program was started for them, cancels the job if it
     * still runs, and waits until it has ended; another job goes on.
     */
    @Override
    public void close() throws Exception {
        if (closed) {
            return;
        }
        closed = true;
        buffer.discard();
        JobClient running = job;
        if (!endsWithIterator) {
            if (running != null) {
                closeWithJob(running);
            }
            return;
        }
        try (buffer;
                server) {
            if (running != null && !running.getJobExecutionResult().isDone()) {
                cancelAndWait();
            }
        }
    }

    /** The sinks of the job still connect and send: they must find somebody who listens. */
    private void closeWithJob(JobClient running) {
        running.getJobExecutionResult().whenComplete((result, failure) -> closeParts());
    }

    private void closeParts() {
        try (buffer;
                server) {
            LOG.debug("The collected stream of a job was closed job={}", job.getJobID());
        } catch (Exception e) {
            LOG.warn("The collected stream of a job did not close job={}", job.getJobID(), e);
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
