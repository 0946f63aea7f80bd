package io.millrace.api.collect;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.graph.JobExecutor;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobExecutionResult;
import io.millrace.api.stream.JobID;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An engine that keeps the graph, and a job that ends when the test says so. Thread-safe. */
public final class FakeExecutor implements JobExecutor, JobClient {
    private final Config defaults;
    private final JobID id = new JobID();
    private final CompletableFuture<JobExecutionResult> result = new CompletableFuture<>();
    private volatile StreamGraph submitted;

    public FakeExecutor(Config defaults) {
        this.defaults = defaults;
    }

    /** Null before. */
    public StreamGraph submitted() {
        return submitted;
    }

    public void finish() {
        result.complete(new JobExecutionResult(id, 1, Map.of()));
    }

    public void fail(Throwable cause) {
        result.completeExceptionally(cause);
    }

    @Override
    public JobClient submit(StreamGraph graph) {
        submitted = graph;
        return this;
    }

    @Override
    public Config defaults() {
        return defaults;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> ValueCodec<T> valueCodec(TypeInformation<T> type, ClassLoader userLoader) {
        return (ValueCodec<T>) new TextCodec();
    }

    @Override
    public String hostForWorkers() {
        return "localhost";
    }

    @Override
    public JobID getJobID() {
        return id;
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
        return CompletableFuture.completedFuture(
                result.isDone() ? JobStatus.FINISHED : JobStatus.RUNNING);
    }

    @Override
    public CompletableFuture<Void> cancel() {
        fail(new IllegalStateException("cancelled"));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<String> triggerSavepoint(
            String savepointDirectory, SavepointFormatType formatType) {
        return CompletableFuture.completedFuture(savepointDirectory + " " + formatType);
    }

    @Override
    public CompletableFuture<String> stopWithSavepoint(
            boolean advanceToEndOfEventTime,
            String savepointDirectory,
            SavepointFormatType formatType) {
        return triggerSavepoint(savepointDirectory, formatType);
    }

    @Override
    public CompletableFuture<Map<String, Object>> getAccumulators() {
        return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
        return result;
    }

    /** Texts as UTF-8. */
    static final class TextCodec implements ValueCodec<String> {
        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
