package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.Partitioner;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.operator.StreamOperators;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions do that they should not: each ends in an error that names the operator. */
class HostileFunctionsTest {
    private static final TypeInformation<?> PAIR = Types.TUPLE(Types.STRING, Types.LONG);

    private static OperatorSpec numbers() {
        return new OperatorSpec.SourceSpec(
                new RangeSource<>(1000, number -> number), WatermarkStrategy.noWatermarks());
    }

    private static StreamGraph program(OperatorSpec hostile, TypeInformation<?> out) {
        return Graphs.in(ExecutionMode.STREAMING)
                .node("numbers", numbers(), Types.LONG)
                .node("hostile", hostile, out)
                .node("sink", new OperatorSpec.SinkSpec(new CollectSink<>()), null)
                .edge(1, 2, Partitioning.Kind.FORWARD)
                .edge(2, 3, Partitioning.Kind.REBALANCE)
                .build();
    }

    private static FailureReport failureOf(StreamGraph program) {
        try (LocalJob job = new LocalJob(program, new StreamOperators(), Config.empty())) {
            FailureReport failure =
                    job.start().awaitEnd(20).values().stream()
                            .filter(end -> end.state() == TaskState.FAILED)
                            .map(ToCoordinator.TaskChanged::failure)
                            .filter(report -> report.operator() != null)
                            // Of a task whose peer is gone by now.
                            .filter(report -> report.code() != ErrorCode.EXCHANGE_FAILED)
                            .findFirst()
                            .orElseThrow();
            assertThat(job.fatal()).as("no harm to the process").isEmpty();
            return failure;
        }
    }

    private static void assertFails(MapFunction<Long, Long> function, String said) {
        FailureReport failure = failureOf(program(new OperatorSpec.MapSpec(function), Types.LONG));
        assertThat(failure.code()).isEqualTo(ErrorCode.USER_CODE_FAILED);
        assertThat(failure.operator()).isEqualTo("hostile");
        assertThat(failure.summary()).contains("operator 'hostile'", said);
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static long recurse(long depth) {
        return recurse(depth + 1) + 1;
    }

    @Test
    void checkedExceptionsFailTheTask() {
        assertFails(
                number -> {
                    throw new IOException("no such thing");
                },
                "java.io.IOException: no such thing");
    }

    @Test
    void errorsFailTheTaskAndNotTheProcess() {
        assertFails(
                number -> {
                    throw new LinkageError("half a class");
                },
                "java.lang.LinkageError: half a class");
    }

    @Test
    void endlessRecursionFailsTheTaskAndNotTheProcess() {
        assertFails(number -> recurse(number), "java.lang.StackOverflowError");
    }

    /** Has no message, and says so by another throwable. */
    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalArgumentException("not even that");
        }
    }

    @Test
    void aThrowableWhoseMessageThrowsIsNamedByItsClass() {
        assertFails(
                number -> {
                    throw new Mute();
                },
                "HostileFunctionsTest$Mute");
    }

    @Test
    void aRecordFromAnotherThreadFailsTheTaskWithTheThreadsName() {
        FlatMapFunction<Long, Long> spawning =
                (number, out) -> {
                    Thread thread = new Thread(() -> out.collect(number), "helper-1");
                    thread.setUncaughtExceptionHandler((t, ignored) -> {});
                    thread.start();
                    thread.join();
                };
        FailureReport failure =
                failureOf(program(new OperatorSpec.FlatMapSpec(spawning), Types.LONG));

        assertThat(failure.operator()).isEqualTo("hostile");
        assertThat(failure.summary()).contains("the thread 'helper-1' has emitted a record");
    }

    private static StreamGraph between(OperatorSpec source, OperatorSpec sink) {
        return Graphs.in(ExecutionMode.STREAMING)
                .node("numbers", source, Types.LONG)
                .node("sink", sink, null)
                .edge(1, 2, Partitioning.Kind.REBALANCE)
                .build();
    }

    /** Has nobody who writes. */
    private static final class NoWriter implements Sink<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<Long> createWriter(WriterInitContext context) {
            return null;
        }
    }

    @Test
    void aSinkWithoutAWriterIsNamed() {
        FailureReport failure =
                failureOf(between(numbers(), new OperatorSpec.SinkSpec(new NoWriter())));

        assertThat(failure.operator()).isEqualTo("sink");
        assertThat(failure.summary()).contains("NoWriter.createWriter returned null");
    }

    @Test
    void aStrategyWithoutAGeneratorIsNamed() {
        WatermarkStrategy<Long> none = context -> null;
        OperatorSpec source =
                new OperatorSpec.SourceSpec(new RangeSource<>(1000, number -> number), none);

        FailureReport failure =
                failureOf(between(source, new OperatorSpec.SinkSpec(new CollectSink<>())));

        assertThat(failure.operator()).isEqualTo("numbers");
        assertThat(failure.summary()).contains("createWatermarkGenerator returned null");
    }

    @Test
    void aThrownExceptionTravelsAsItself() {
        FailureReport failure =
                failureOf(
                        program(
                                new OperatorSpec.MapSpec(
                                        (MapFunction<Long, Long>)
                                                number -> {
                                                    throw new IOException("no such thing");
                                                }),
                                Types.LONG));

        assertThat(failure.thrown().restore(getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessage("no such thing");
    }

    private static StreamGraph keyed(KeySelector<Long, ?> byKey) {
        ReduceFunction<Long> sum = Long::sum;
        return Graphs.in(ExecutionMode.STREAMING)
                .parallelism(2)
                .node("numbers", numbers(), Types.LONG)
                .node("sum", new OperatorSpec.KeyedReduceSpec(byKey, sum), Types.LONG)
                .node("sink", new OperatorSpec.SinkSpec(new CollectSink<>()), null)
                .edge(1, 2, new Partitioning.ByKey(byKey))
                .edge(2, 3, Partitioning.Kind.FORWARD)
                .build();
    }

    /** Two of the same contents are not equal. */
    private static final class Plain {}

    @Test
    void aKeySelectorThatReturnsNullIsNamed() {
        KeySelector<Long, String> byNothing = number -> null;

        FailureReport failure = failureOf(keyed(byNothing));

        assertThat(failure.operator()).isEqualTo("numbers");
        assertThat(failure.summary()).contains("the key selector returned null");
    }

    @Test
    void aKeyWhoseHashIsNotOfItsContentsIsNamed() {
        KeySelector<Long, Plain> byObject = number -> new Plain();

        FailureReport failure = failureOf(keyed(byObject));

        assertThat(failure.operator()).isEqualTo("numbers");
        assertThat(failure.summary())
                .contains(Plain.class.getName(), "neither equals nor hashCode");
    }

    @Test
    void aPartitionerOutOfRangeIsNamedWithTheRange() {
        Partitioner<Long> wild = (key, partitions) -> partitions;
        KeySelector<Long, Long> itself = number -> number;
        StreamGraph program =
                Graphs.in(ExecutionMode.STREAMING)
                        .parallelism(2)
                        .node("numbers", numbers(), Types.LONG)
                        .node("sink", new OperatorSpec.SinkSpec(new CollectSink<>()), null)
                        .edge(1, 2, new Partitioning.Custom(wild, itself))
                        .build();

        FailureReport failure = failureOf(program);

        assertThat(failure.operator()).isEqualTo("numbers");
        assertThat(failure.summary()).contains("returned 2; allowed are 0 to 1");
    }

    /** As in Flink for strings and POJOs, and here for every type. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNullRecordIsARecordUntilAFilterDropsIt(boolean overNetwork) {
        MapFunction<Long, Tuple2<String, Long>> parse =
                number -> number % 3 == 0 ? null : Tuple2.of("n", number);
        FilterFunction<Tuple2<String, Long>> present = Objects::nonNull;
        CollectSink<Tuple2<String, Long>> sink = new CollectSink<>();
        StreamGraph program =
                Graphs.in(ExecutionMode.STREAMING)
                        .parallelism(2)
                        .node("numbers", numbers(), Types.LONG)
                        .node("parse", new OperatorSpec.MapSpec(parse), PAIR)
                        .node("present", new OperatorSpec.FilterSpec(present), PAIR)
                        .node("sink", new OperatorSpec.SinkSpec(sink), null)
                        .edge(1, 2, Partitioning.Kind.FORWARD)
                        .edge(2, 3, Partitioning.Kind.REBALANCE)
                        .edge(3, 4, Partitioning.Kind.FORWARD)
                        .build();
        try (LocalJob job =
                overNetwork
                        ? LocalJob.overNetwork(program, new StreamOperators(), Config.empty())
                        : new LocalJob(program, new StreamOperators(), Config.empty())) {
            job.start().awaitFinished(30);
        }

        assertThat(sink.written()).hasSize(666).doesNotContainNull();
    }
}
