package io.millrace.batch.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.runtime.exchange.stored.NoStoredExchange;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator.TaskChanged;
import io.millrace.runtime.testing.CollectSink;
import io.millrace.runtime.testing.Graphs;
import io.millrace.runtime.testing.RangeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StagedJobTest {
    private static final long NUMBERS = 60_000;
    private static final int KEYS = 500;
    private static final KeySelector<Tuple2<String, Long>, String> BY_WORD = pair -> pair.f0;
    private static final ReduceFunction<Tuple2<String, Long>> SUM =
            (a, b) -> Tuple2.of(a.f0, a.f1 + b.f1);
    private static final MapFunction<Long, Tuple2<String, Long>> WORDS =
            number -> Tuple2.of("word " + number % KEYS, number);

    @TempDir Path directory;

    private final CollectSink<Tuple2<String, Long>> sink = new CollectSink<>();

    /** Words of three subtasks, summed by four, written by two. */
    private StreamGraph sums(MapFunction<Long, Tuple2<String, Long>> words) {
        return Graphs.in(ExecutionMode.BATCH)
                .parallelism(3)
                .node(
                        "words",
                        new OperatorSpec.SourceSpec(
                                new RangeSource<>(NUMBERS, words),
                                WatermarkStrategy.noWatermarks()),
                        Types.TUPLE(Types.STRING, Types.LONG))
                .parallelism(4)
                .node(
                        "sum",
                        new OperatorSpec.KeyedReduceSpec(BY_WORD, SUM),
                        Types.TUPLE(Types.STRING, Types.LONG))
                .parallelism(2)
                .node("sink", new OperatorSpec.SinkSpec(sink), null)
                .edge(1, 2, new Partitioning.ByKey(BY_WORD))
                .edge(2, 3, Partitioning.Kind.RESCALE)
                .build();
    }

    private StagedJob job(MapFunction<Long, Tuple2<String, Long>> words) {
        return new StagedJob(sums(words), directory, ShuffleWorker::disk);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void oneStageReadsWhatTheOneBeforeHasKept() throws IOException {
        try (StagedJob job = job(WORDS)) {
            List<StoredResult> words = job.finish(0, List.of());
            assertThat(words).hasSize(3).allMatch(result -> result.ranges().size() == 4);
            List<StoredResult> sums = job.finish(1, words);
            assertThat(sums).hasSize(4).allMatch(result -> result.ranges().size() == 1);
            job.drop(words);
            assertThat(job.finish(2, sums)).isEmpty();
            assertThat(files()).hasSize(2 * sums.size());
            job.release();
            assertThat(directory).isEmptyDirectory();
        }

        Map<String, Long> expected = new HashMap<>();
        for (long number = 0; number < NUMBERS; number++) {
            expected.merge("word " + number % KEYS, number, Long::sum);
        }
        assertThat(sink.written()).hasSize(KEYS);
        Map<String, Long> found = new HashMap<>();
        sink.written().forEach(pair -> found.put(pair.f0, pair.f1));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void whatGoesToEverybodyIsKeptOnce() {
        StreamGraph everything =
                Graphs.in(ExecutionMode.BATCH)
                        .parallelism(2)
                        .node(
                                "words",
                                new OperatorSpec.SourceSpec(
                                        new RangeSource<>(10_000, WORDS),
                                        WatermarkStrategy.noWatermarks()),
                                Types.TUPLE(Types.STRING, Types.LONG))
                        .parallelism(3)
                        .node("sink", new OperatorSpec.SinkSpec(sink), null)
                        .edge(1, 2, Partitioning.Kind.BROADCAST)
                        .build();
        try (StagedJob job = new StagedJob(everything, directory, ShuffleWorker::disk)) {
            List<StoredResult> words = job.finish(0, List.of());
            assertThat(words).hasSize(2).allMatch(result -> result.ranges().size() == 1);
            job.finish(1, words);
        }

        assertThat(sink.written()).hasSize(3 * 10_000);
    }

    @Test
    void aTaskNamesTheResultThatItMisses() {
        try (StagedJob job = job(WORDS)) {
            List<StoredResult> words = job.finish(0, List.of());
            StoredResult lost = words.get(1);
            job.disk(lost.worker()).drop(lost.id());

            for (TaskChanged end : job.run(1, words)) {
                assertThat(end.state()).isEqualTo(TaskState.FAILED);
                assertThat(end.failure().code()).isEqualTo(ErrorCode.RESULT_LOST);
                assertThat(end.lost()).isEqualTo(lost.id());
                assertThat(end.results()).isEmpty();
            }
        }
    }

    @Test
    void nothingIsKeptOfATaskThatFails() throws IOException {
        try (StagedJob job =
                job(
                        number -> {
                            if (number % 20_000 == 19_999) {
                                throw new IllegalStateException("no word");
                            }
                            return WORDS.map(number);
                        })) {
            for (TaskChanged end : job.run(0, List.of())) {
                assertThat(end.state()).isEqualTo(TaskState.FAILED);
                assertThat(end.lost()).isNull();
            }
            job.release();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void aWorkerWithoutAStoredExchangeSaysSo() {
        try (StagedJob job =
                new StagedJob(sums(WORDS), directory, worker -> new NoStoredExchange())) {
            for (TaskChanged end : job.run(0, List.of())) {
                assertThat(end.failure().headline())
                        .contains("this worker was assembled without a stored exchange");
            }
        }
    }

    @Test
    void aDeploymentWithoutItsInputsFails() {
        try (StagedJob job = job(WORDS)) {
            List<StoredResult> words = job.finish(0, List.of());

            for (TaskChanged end : job.run(1, words.subList(1, 3))) {
                assertThat(end.failure().headline())
                        .contains("the deployment does not say where the result of subtask");
            }
        }
    }
}
