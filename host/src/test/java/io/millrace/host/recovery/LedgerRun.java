package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.testing.Await;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import io.millrace.runtime.plan.JobId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** One run of the {@link Ledger} on a cluster of its own. Confined to the test's thread. */
final class LedgerRun implements AutoCloseable {
    private final EmbeddedJobExecutor executor;
    private final JobClient job;

    private LedgerRun(EmbeddedJobExecutor executor, JobClient job) {
        this.executor = executor;
        this.job = job;
    }

    /** How the program is run. A builder; confined to the test's thread. */
    static final class Setup {
        private final Map<String, String> options = new HashMap<>();
        private int parallelism = 2;
        private int perCheckpoint;
        private long pauseNanos;
        private Consumer<StreamExecutionEnvironment> program =
                env -> Ledger.build(env, perCheckpoint, pauseNanos);

        private Setup(Path checkpoints) {
            options.put("embedded.workers", "2");
            options.put("execution.checkpointing.dir", checkpoints.toUri().toString());
            options.put("execution.checkpointing.interval", "20 ms");
            // Its state is little, and what is done with files is to be seen.
            options.put("execution.checkpointing.data-inline-threshold", "0");
        }

        Setup with(String option, String value) {
            options.put(option, value);
            return this;
        }

        Setup parallelism(int subtasks) {
            this.parallelism = subtasks;
            return this;
        }

        /** So many numbers until the next checkpoint is complete; else as fast as they can. */
        Setup perCheckpoint(int numbers) {
            this.perCheckpoint = numbers;
            return this;
        }

        Setup pauseNanos(long nanos) {
            this.pauseNanos = nanos;
            return this;
        }

        /** Another program than the ledger, which counts {@link Ledger#checkpoints} too. */
        Setup program(Consumer<StreamExecutionEnvironment> other) {
            this.program = other;
            return this;
        }

        /** Starts the job; what an earlier run has said is forgotten. */
        LedgerRun start() throws Exception {
            Ledger.forget();
            EmbeddedJobExecutor executor =
                    new EmbeddedJobExecutor(Config.of(options), Ledger.class.getClassLoader());
            try {
                StreamExecutionEnvironment.runWith(executor);
                StreamExecutionEnvironment env =
                        StreamExecutionEnvironment.getExecutionEnvironment();
                env.setParallelism(parallelism);
                program.accept(env);
                return new LedgerRun(executor, env.executeAsync("ledger"));
            } catch (Exception e) {
                executor.close();
                throw e;
            } finally {
                StreamExecutionEnvironment.clear();
            }
        }
    }

    static Setup in(Path checkpoints) {
        return new Setup(checkpoints);
    }

    /** Waits until so many more checkpoints have become complete. */
    LedgerRun awaitCheckpoints(int more) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(more);
        Ledger.checkpoints = latch;
        latch.await();
        return this;
    }

    /** Waits until so many more checkpoints have failed. */
    LedgerRun awaitFailedCheckpoints(int more) {
        long enough = view().checkpoints().failed() + more;
        awaitView(job -> job.checkpoints().failed() >= enough);
        return this;
    }

    /** Waits until it is shown, which is a moment after it has happened, or the job has ended. */
    JobView awaitView(Predicate<JobView> wanted) {
        return Await.until(
                "the job is shown as wanted",
                this::view,
                shown -> {
                    if (wanted.test(shown)) {
                        return true;
                    }
                    assertThat(shown.state().isTerminal())
                            .as("it has ended before: %s", shown)
                            .isFalse();
                    return false;
                });
    }

    String jobId() {
        return job.getJobID().toHexString();
    }

    JobClient client() {
        return job;
    }

    /** Waits until the job has read so many numbers, as far as it has told. */
    LedgerRun awaitRecords(long records) {
        awaitView(job -> job.recordsIn() >= records);
        return this;
    }

    /** Asks for another parallelism, and waits for the outcome. */
    OperationView rescale(String operationId, int parallelism) throws Exception {
        return executor.operate(
                        Operation.rescale(operationId, new JobId(jobId()), parallelism, "a test"))
                .get();
    }

    /** The same, after a savepoint below a directory. */
    OperationView rescaleWithSavepoint(String operationId, int parallelism, Path savepoints)
            throws Exception {
        return executor.operate(
                        Operation.rescaleWithSavepoint(
                                operationId,
                                new JobId(jobId()),
                                parallelism,
                                savepoints.toUri().toString(),
                                SavepointFormatType.CANONICAL,
                                "a test"))
                .get();
    }

    JobView view() {
        return executor.view().jobs().get(0);
    }

    /** Cancels the job and waits for its end. */
    LedgerRun cancel() throws Exception {
        job.cancel().get();
        job.getJobExecutionResult().handle((result, failure) -> failure).get();
        return this;
    }

    /** Waits for the end of a job that succeeds. */
    LedgerRun finish() throws Exception {
        job.getJobExecutionResult().get();
        return this;
    }

    /** Waits for the end of a job that succeeds without a restart on its way. */
    LedgerRun finishAtOnce() throws Exception {
        finish();
        assertThat(view().exceptions()).as("what it failed of").isEmpty();
        return this;
    }

    /** Waits for the end of a job that fails, and gives why. */
    Throwable failure() throws Exception {
        return job.getJobExecutionResult().handle((result, failure) -> failure).get();
    }

    /** Nothing is lost or doubled in keyed state and timers, from the first record on. */
    static void assertAllLines() {
        assertThat(Ledger.LINES)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, Ledger.KEYS).mapToObj(Ledger::lineOf).toList());
    }

    /** The same, and in the lists of a job whose last run has not restarted. */
    static void assertComplete() {
        assertAllLines();
        assertThat(Ledger.IN_SPLIT_LISTS).as("split lists").hasValue(Ledger.RECORDS);
        assertThat(Ledger.IN_UNION_LISTS).as("union lists").hasValue(Ledger.RECORDS);
    }

    /** The files of checkpoints, relative to their directory. */
    static List<String> files(Path checkpoints) throws Exception {
        try (var walk = java.nio.file.Files.walk(checkpoints)) {
            return walk.filter(java.nio.file.Files::isRegularFile)
                    .map(file -> checkpoints.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Waits for what the storage thread has still to do. */
    @Override
    public void close() {
        executor.close();
    }
}
