package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.MapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.plan.AttemptId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the task executor has to keep, whatever {@code task.threads} says. */
abstract class TaskExecutorContract {
    private static volatile CountDownLatch inUserCode;
    private static volatile CountDownLatch letGo;

    @BeforeEach
    void prepare() {
        inUserCode = new CountDownLatch(1);
        letGo = new CountDownLatch(1);
    }

    private static StreamGraph program(MapFunction<Long, Long> function, int parallelism) {
        return graph(function, parallelism).build();
    }

    private static Graphs graph(MapFunction<Long, Long> function, int parallelism) {
        return Graphs.in(ExecutionMode.STREAMING)
                .parallelism(parallelism)
                .node(
                        "numbers",
                        new OperatorSpec.SourceSpec(
                                new RangeSource<>(100_000, number -> number),
                                WatermarkStrategy.noWatermarks()),
                        Types.LONG)
                .node("map", new OperatorSpec.MapSpec(function), Types.LONG)
                .node("sink", new OperatorSpec.SinkSpec(new CollectSink<Long>()), null)
                .edge(1, 2, Partitioning.Kind.REBALANCE)
                .edge(2, 3, Partitioning.Kind.FORWARD);
    }

    /** The value of {@code task.threads}. */
    abstract String threads();

    private LocalJob job(StreamGraph program, String... options) {
        Config config = Config.empty().with("task.threads", threads());
        for (int i = 0; i < options.length; i += 2) {
            config = config.with(options[i], options[i + 1]);
        }
        return new LocalJob(program, new StreamOperators(), config);
    }

    @Test
    void aCheckpointInTheMomentOfATasksEndIsAnsweredAfterItsLastWord(@TempDir Path directory)
            throws InterruptedException {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch othersAnswered = new CountDownLatch(1);
        StreamGraph program =
                graph(number -> number, 1)
                        .with("execution.checkpointing.dir", directory.toUri().toString())
                        .build();
        try (LocalJob job = job(program)) {
            AttemptId sink = job.attempts().get(1);
            AttemptId stranger = new AttemptId(sink.jobId(), sink.vertexId(), 0, 9);
            job.beforeEach(
                    message -> {
                        if (message instanceof ToCoordinator.CheckpointDeclined) {
                            othersAnswered.countDown();
                        } else if (message instanceof ToCoordinator.CheckpointAcked) {
                            told.add("acknowledgement");
                        } else if (message instanceof ToCoordinator.TaskChanged changed
                                && changed.attempt().equals(sink)
                                && changed.state() == TaskState.FINISHED) {
                            job.trigger(1);
                            // Answered in order: so an answer to the first would be there by now.
                            trigger(job, 2, stranger);
                            await(othersAnswered);
                            told.add("last word");
                        }
                    });
            job.start();
            job.awaitEnd(20);
            job.await(job.checkpoint(1), 20);

            assertThat(told).containsExactly("last word", "acknowledgement");
        }
    }

    private static void trigger(LocalJob job, long id, AttemptId attempt) {
        job.executor()
                .triggerCheckpoint(
                        new ToWorker.TriggerCheckpoint(
                                1, attempt.jobId(), id, 0, CheckpointKind.FULL, List.of(attempt)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void interruptsCodeThatWaitsWhenItsJobIsCanceled() throws InterruptedException {
        MapFunction<Long, Long> waiting =
                number -> {
                    inUserCode.countDown();
                    letGo.await();
                    return number;
                };
        try (LocalJob job = job(program(waiting, 1), "task.cancel-grace", "10ms")) {
            job.start();
            assertThat(inUserCode.await(20, TimeUnit.SECONDS)).isTrue();
            job.cancel();

            Map<?, ToCoordinator.TaskChanged> ends = job.awaitEnd(20);

            assertThat(ends.values())
                    .extracting(ToCoordinator.TaskChanged::state)
                    .containsOnly(TaskState.CANCELED);
            assertThat(job.fatal()).isEmpty();
        }
    }

    @Test
    void givesUpTheProcessWhenCodeIgnoresInterrupts() throws InterruptedException {
        MapFunction<Long, Long> deaf =
                number -> {
                    inUserCode.countDown();
                    while (letGo.getCount() > 0) {
                        LockSupport.parkNanos(1_000_000);
                        Thread.interrupted(); // hears none
                    }
                    return number;
                };
        try (LocalJob job =
                job(program(deaf, 1), "task.cancel-grace", "1ms", "task.cancel-timeout", "50ms")) {
            job.start();
            assertThat(inUserCode.await(20, TimeUnit.SECONDS)).isTrue();
            job.cancel();
            job.awaitEnd(20);

            assertThat(job.fatal())
                    .singleElement()
                    .satisfies(
                            error -> assertThat(error).hasMessageContaining("task.cancel-timeout"));
            letGo.countDown();
        }
    }

    @Test
    void goesOnWithOtherTasksWhileOneBlocksItsLoop() throws InterruptedException {
        MapFunction<Long, Long> oneWaits =
                number -> {
                    if (number == 0) {
                        inUserCode.countDown();
                        letGo.await();
                    }
                    return number;
                };
        try (LocalJob job = job(program(oneWaits, 2), "task.loops", "1")) {
            job.start();
            assertThat(inUserCode.await(20, TimeUnit.SECONDS)).isTrue();
            job.awaitRunning(20);
            letGo.countDown();
            job.awaitFinished(30);
        }
    }

    @Test
    void answersForAttemptsItDoesNotKnowAndForgetsReleasedJobs() {
        try (LocalJob job = job(program(number -> number, 1))) {
            job.cancel();
            assertThat(job.awaitEnd(5).values())
                    .extracting(ToCoordinator.TaskChanged::state)
                    .containsOnly(TaskState.CANCELED);
        }
        try (LocalJob job = job(program(number -> number, 1))) {
            job.start().awaitFinished(20);
            assertThat(job.executor().progress()).hasSize(2);
            job.executor().releaseJob(new ToWorker.ReleaseJob(1, job.graph().jobId()));
            // A task that is about to return from telling its end may be the one that forgets it.
            job.awaitForgotten(60);
        }
    }

    @Test
    void movesEveryRecordThroughTwoKindsOfExchange() {
        CollectSink<Long> sink = new CollectSink<>();
        StreamGraph graph =
                Graphs.in(ExecutionMode.STREAMING)
                        .parallelism(3)
                        .node(
                                "numbers",
                                new OperatorSpec.SourceSpec(
                                        new RangeSource<>(100_000, number -> number),
                                        WatermarkStrategy.noWatermarks()),
                                Types.LONG)
                        .node(
                                "map",
                                new OperatorSpec.MapSpec((MapFunction<Long, Long>) n -> n + 1),
                                Types.LONG)
                        .node("sink", new OperatorSpec.SinkSpec(sink), null)
                        .edge(1, 2, Partitioning.Kind.REBALANCE)
                        .edge(2, 3, Partitioning.Kind.GLOBAL)
                        .build();
        try (LocalJob job = job(graph)) {
            job.start().awaitFinished(60);
        }

        assertThat(sink.written()).hasSize(100_000);
        assertThat(sink.written().stream().mapToLong(n -> n).sum()).isEqualTo(5_000_050_000L);
    }
}
