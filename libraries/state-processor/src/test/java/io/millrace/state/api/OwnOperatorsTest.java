package io.millrace.state.api;

import static io.millrace.state.api.SavepointReaderTest.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.file.Path;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.BoundedOneInput;
import io.millrace.api.operator.KeyedCoProcessOperator;
import io.millrace.api.operator.KeyedProcessOperator;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.state.api.function.KeyedStateReaderFunction;
import io.millrace.state.api.writer.SnapshotUtils;
import io.millrace.state.api.writer.TaggedOperatorSubtaskState;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State that operators of programs make by themselves, for savepoints and in jobs. */
@Timeout(120)
class OwnOperatorsTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final OperatorIdentifier MINE = OperatorIdentifier.forUid("mine");

    @TempDir private java.nio.file.Path directory;

    private static StreamExecutionEnvironment env(String backend) {
        Configuration options = new Configuration();
        options.setString("restart-strategy.type", "none");
        options.setString("state.backend.type", backend);
        return StreamExecutionEnvironment.getExecutionEnvironment(options).setParallelism(2);
    }

    private static KeyedStateTransformation<String, Long> keyed(StreamExecutionEnvironment env) {
        return OperatorTransformation.bootstrapWith(env.fromSequence(0, Everything.NUMBERS - 1))
                .assignTimestamps(number -> number * 1_000)
                .keyBy(Everything::key, Types.STRING);
    }

    private String write(StreamExecutionEnvironment env, StateBootstrapTransformation<Long> mine)
            throws Exception {
        String path = directory.resolve("written").toUri().toString();
        SavepointWriter.newSavepoint(env, 128).withOperator(MINE, mine).write(path);
        env.execute();
        return path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void whatAnOperatorHoldsAtTheEndOfItsInputIsWritten(String backend) throws Exception {
        StreamExecutionEnvironment env = env(backend);
        String path =
                write(
                        env,
                        keyed(env).transform((timestamp, place) -> new Counting(timestamp, place)));

        SavepointReader reader = SavepointReader.read(env(backend).setParallelism(3), path);
        assertThat(all(reader.readKeyedState(MINE, new ReadSum())))
                .containsExactlyInAnyOrderElementsOf(sums());
        List<String> told = all(reader.readListState(MINE, "told", Types.STRING));
        assertThat(told).hasSize(2).allMatch(each -> each.startsWith("before snapshot"));
        assertThat(told).allMatch(each -> each.contains("written"));
        assertThat(all(reader.readBroadcastState(MINE, "shared", Types.STRING, Types.LONG)))
                .contains(Tuple2.of("numbers", (long) Everything.NUMBERS));
    }

    @Test
    void theOperatorOfAJobsOwnFunctionMakesTheStateOfThatJob() throws Exception {
        StreamExecutionEnvironment env = env("hashmap");
        String path =
                write(
                        env,
                        keyed(env)
                                .transform(
                                        (timestamp, place) ->
                                                new KeyedProcessOperator<>(new Totals())));
        StreamExecutionEnvironment job = env("hashmap");
        Configuration from = new Configuration();
        from.setString("execution.state-recovery.path", path);
        job.configure(from);
        List<String> twice =
                all(
                        job.fromSequence(0, Everything.NUMBERS - 1)
                                .setParallelism(1)
                                .keyBy(Everything::key, Types.STRING)
                                .process(new Totals())
                                .uid("mine"));

        assertThat(twice)
                .as("timers that were registered before the job was there")
                .contains("k3 fires at 1000003");
        assertThat(twice).contains("k9 has " + 2 * 204);
    }

    @Test
    void anOperatorWithTwoInputsIsRefusedBeforeAnythingRuns() {
        StreamExecutionEnvironment env = env("hashmap");
        SavepointWriter writer =
                SavepointWriter.newSavepoint(env, 64)
                        .withOperator(
                                MINE,
                                keyed(env)
                                        .transform(
                                                (timestamp, place) ->
                                                        new KeyedCoProcessOperator<>(new Both())));

        assertThatThrownBy(() -> writer.write(directory.resolve("never").toUri().toString()))
                .hasMessageContaining("PROGRAM_INVALID")
                .hasMessageContaining("KeyedCoProcessOperator")
                .hasMessageContaining("from one stream");
        assertThat(directory.resolve("never")).doesNotExist();
    }

    @Test
    void thereIsNoSavepointIfAnOperatorFailsAtTheEndOfItsInput() {
        StreamExecutionEnvironment env = env("hashmap");
        assertThatThrownBy(
                        () ->
                                write(
                                        env,
                                        keyed(env)
                                                .transform(
                                                        (timestamp, place) ->
                                                                new Counting(-1, place))))
                .hasStackTraceContaining("no time before time");
        try (var left = Files.walk(directory.resolve("written"))) {
            assertThat(left.map(each -> each.getFileName().toString())).doesNotContain("manifest");
        } catch (java.io.IOException none) {
            assertThat(directory.resolve("written")).doesNotExist();
        }
    }

    private static List<Tuple2<String, Long>> sums() {
        return LongStream.range(0, 10).mapToObj(k -> Tuple2.of("k" + k, 150 + 6 * k)).toList();
    }

    /** As programs write them: it says itself when its state is complete. */
    private static final class Counting extends AbstractStreamOperator<TaggedOperatorSubtaskState>
            implements OneInputStreamOperator<Long, TaggedOperatorSubtaskState>, BoundedOneInput {
        private static final long serialVersionUID = 1L;

        private final long timestamp;
        private final Path path;
        private transient ValueState<Long> sum;
        private transient ListState<String> told;
        private transient StateInitializationContext states;

        Counting(long timestamp, Path path) {
            this.timestamp = timestamp;
            this.path = path;
        }

        @Override
        public void initializeState(StateInitializationContext context) throws Exception {
            super.initializeState(context);
            states = context;
            sum = context.getKeyedStateStore().getState(Everything.SUM);
            told =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>("told", Types.STRING));
        }

        @Override
        public void processElement(StreamRecord<Long> element) throws Exception {
            sum.update((sum.value() == null ? 0 : sum.value()) + element.getValue());
        }

        @Override
        public void endInput() throws Exception {
            if (timestamp < 0) {
                throw new IllegalStateException("no time before time");
            }
            told.add("before snapshot " + path.getName());
            states.getOperatorStateStore()
                    .getBroadcastState(new MapStateDescriptor<>("shared", Types.STRING, Types.LONG))
                    .put("numbers", (long) Everything.NUMBERS);
            output.collect(
                    new StreamRecord<>(
                            SnapshotUtils.snapshot(
                                    this,
                                    getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                                    timestamp,
                                    true,
                                    false,
                                    new Configuration(),
                                    path)));
        }

        @Override
        public void finish() {
            told.clear(); // what a job that goes on must not lose
        }
    }

    /** The function of a job. */
    private static final class Totals extends KeyedProcessFunction<String, Long, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long number, Context context, Collector<String> out)
                throws Exception {
            ValueState<Long> sum = getRuntimeContext().getState(Everything.SUM);
            sum.update((sum.value() == null ? 0 : sum.value()) + number);
            context.timerService().registerEventTimeTimer(1_000_000 + number);
            out.collect(context.getCurrentKey() + " has " + sum.value());
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
            out.collect(context.getCurrentKey() + " fires at " + timestamp);
        }
    }

    private static final class Both extends KeyedCoProcessFunction<String, Long, Long, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement1(Long value, Context context, Collector<String> out) {}

        @Override
        public void processElement2(Long value, Context context, Collector<String> out) {}
    }

    private static final class ReadSum
            extends KeyedStateReaderFunction<String, Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> sum;

        @Override
        public void open(io.millrace.api.function.OpenContext context) {
            sum = getRuntimeContext().getState(Everything.SUM);
        }

        @Override
        public void readKey(String key, Context context, Collector<Tuple2<String, Long>> out)
                throws Exception {
            out.collect(Tuple2.of(key, sum.value()));
        }
    }
}
