package io.millrace.state.api;

import static io.millrace.state.api.SavepointReaderTest.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OpenContext;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ValueState;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.TimeWindow;
import io.millrace.state.api.function.BroadcastStateBootstrapFunction;
import io.millrace.state.api.function.KeyedStateBootstrapFunction;
import io.millrace.state.api.function.KeyedStateReaderFunction;
import io.millrace.state.api.function.StateBootstrapFunction;
import io.millrace.state.api.function.WindowReaderFunction;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job with state of each kind goes on from what bounded jobs have written. */
@Timeout(120)
class WrittenStateInJobsTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @TempDir private Path directory;

    private static StreamExecutionEnvironment env(String backend, String from) {
        Configuration options = new Configuration();
        options.setString("restart-strategy.type", "none");
        options.setString("state.backend.type", backend);
        if (from != null) {
            options.setString("execution.state-recovery.path", from);
        }
        return StreamExecutionEnvironment.getExecutionEnvironment(options);
    }

    private static OneInputStateTransformation<Long> numbers(StreamExecutionEnvironment env) {
        DataStream<Long> numbers = env.fromSequence(0, Everything.NUMBERS - 1).setParallelism(1);
        return OperatorTransformation.bootstrapWith(numbers)
                .assignTimestamps(number -> number * 1_000);
    }

    private static KeyedStateTransformation<String, Long> keyed(StreamExecutionEnvironment env) {
        return numbers(env).keyBy(Everything::key, Types.STRING);
    }

    private String written(String backend) throws Exception {
        StreamExecutionEnvironment env = env(backend, null).setParallelism(2);
        String path = directory.resolve("written").toUri().toString();
        SavepointWriter.newSavepoint(env, 128)
                .withOperator(OperatorIdentifier.forUid("keyed"), keyed(env).transform(new Keyed()))
                .withOperator(
                        OperatorIdentifier.forUid("lists"), numbers(env).transform(new Lists()))
                .withOperator(
                        OperatorIdentifier.forUid("rules"), numbers(env).transform(new Rules()))
                .withOperator(
                        OperatorIdentifier.forUid("tumbling"),
                        keyed(env).window(Everything.MINUTE_THIRDS).reduce(Long::sum))
                .withOperator(
                        OperatorIdentifier.forUid("sliding"),
                        keyed(env)
                                .window(Everything.SLIDING)
                                .aggregate(
                                        new Everything.Mean(), Types.TUPLE(Types.LONG, Types.LONG)))
                .withOperator(
                        OperatorIdentifier.forUid("sessions"),
                        keyed(env).window(Everything.SESSIONS).reduce(Long::sum))
                .withOperator(
                        OperatorIdentifier.forUid("collected"),
                        keyed(env).window(Everything.MINUTE_THIRDS).process(new Everything.Count()))
                .withOperator(
                        OperatorIdentifier.forUid("evicted"),
                        keyed(env)
                                .window(Everything.MINUTE_THIRDS)
                                .evictor(CountEvictor.of(1))
                                .process(new Everything.Count()))
                .write(path);
        env.execute();
        return path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void eachStateIsThereTwiceWhenTheJobHasSeenItsNumbersAgain(String backend) throws Exception {
        StreamExecutionEnvironment job = env(backend, written(backend)).setParallelism(3);
        String stopped = Everything.savepoint(job, directory.resolve("stopped"));

        SavepointReader reader = SavepointReader.read(env(backend, null), stopped);
        assertThat(all(reader.readKeyedState(OperatorIdentifier.forUid("keyed"), new Read())))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 10)
                                .mapToObj(
                                        each -> "k" + each + " " + 2 * (150 + 6 * each) + " 12 6 6")
                                .toList());
        assertThat(
                        all(
                                reader.readListState(
                                        OperatorIdentifier.forUid("lists"), "items", Types.LONG)))
                .hasSize(2 * Everything.NUMBERS);
        assertThat(
                        all(
                                reader.readUnionState(
                                        OperatorIdentifier.forUid("lists"), "union", Types.LONG)))
                .contains(1_000L, 2_059L);
        assertThat(
                        all(
                                reader.readBroadcastState(
                                        OperatorIdentifier.forUid("rules"),
                                        "rules",
                                        Types.STRING,
                                        Types.LONG)))
                .hasSize(11);
        assertThat(
                        all(
                                reader.window(Everything.MINUTE_THIRDS)
                                        .reduce("tumbling", Long::sum, Types.STRING, Types.LONG)))
                .hasSize(30)
                .contains(32L, 112L, 192L);
        assertThat(
                        all(
                                reader.window(Everything.SLIDING)
                                        .aggregate(
                                                "sliding",
                                                new Everything.Mean(),
                                                Types.STRING,
                                                Types.TUPLE(Types.LONG, Types.LONG),
                                                Types.DOUBLE)))
                .hasSize(40)
                .contains(8.0, 18.0, 38.0, 48.0);
        assertThat(
                        all(
                                reader.window(Everything.SESSIONS)
                                        .reduce("sessions", Long::sum, Types.STRING, Types.LONG)))
                .hasSize(10)
                .contains(2L * (3 + 13 + 23 + 33 + 43 + 53));
        assertThat(
                        all(
                                reader.window(Everything.MINUTE_THIRDS)
                                        .process(
                                                "collected",
                                                new Size(),
                                                Types.STRING,
                                                Types.LONG,
                                                Types.INT)))
                .hasSize(30)
                .containsOnly(4);
        assertThat(
                        all(
                                reader.window(Everything.MINUTE_THIRDS)
                                        .evictor()
                                        .process(
                                                "evicted",
                                                new Size(),
                                                Types.STRING,
                                                Types.LONG,
                                                Types.INT)))
                .hasSize(30)
                .containsOnly(4);
    }

    private static final class Keyed extends KeyedStateBootstrapFunction<String, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long number, Context context) throws Exception {
            ValueState<Long> sum = getRuntimeContext().getState(Everything.SUM);
            sum.update((sum.value() == null ? 0 : sum.value()) + number);
            getRuntimeContext().getListState(Everything.ALL).add(number);
            getRuntimeContext().getMapState(Everything.NAMES).put(number, "n" + number);
            getRuntimeContext().getReducingState(Everything.MOST).add(number);
            getRuntimeContext().getAggregatingState(Everything.MEAN).add(number);
            context.timerService().registerEventTimeTimer(1_000_000 + number);
        }
    }

    private static final class Lists extends StateBootstrapFunction<Long> {
        private static final long serialVersionUID = 1L;
        private transient ListState<Long> items;
        private transient ListState<Long> union;

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            items = context.getOperatorStateStore().getListState(Everything.ITEMS);
            union = context.getOperatorStateStore().getUnionListState(Everything.UNION);
        }

        @Override
        public void processElement(Long number, Context context) throws Exception {
            items.add(number);
            union.add(number + 2_000);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {}
    }

    private static final class Rules extends BroadcastStateBootstrapFunction<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long number, Context context) throws Exception {
            context.getBroadcastState(Everything.RULES).put(Everything.key(number), -number);
            context.getBroadcastState(Everything.RULES).put("written", number);
        }
    }

    /** Key, sum, how many are listed, how many named, how many timers. */
    private static final class Read extends KeyedStateReaderFunction<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void open(OpenContext context) {
            getRuntimeContext().getState(Everything.SUM);
            getRuntimeContext().getListState(Everything.ALL);
            getRuntimeContext().getMapState(Everything.NAMES);
        }

        @Override
        public void readKey(String key, Context context, Collector<String> out) throws Exception {
            List<Long> listed = new ArrayList<>();
            getRuntimeContext().getListState(Everything.ALL).get().forEach(listed::add);
            List<Long> named = new ArrayList<>();
            getRuntimeContext().getMapState(Everything.NAMES).keys().forEach(named::add);
            out.collect(
                    key
                            + " "
                            + getRuntimeContext().getState(Everything.SUM).value()
                            + " "
                            + listed.size()
                            + " "
                            + named.size()
                            + " "
                            + context.registeredEventTimeTimers().size());
        }
    }

    private static final class Size
            extends WindowReaderFunction<Long, Integer, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void readWindow(
                String key,
                Context<TimeWindow> context,
                Iterable<Long> elements,
                Collector<Integer> out) {
            List<Long> all = new ArrayList<>();
            elements.forEach(all::add);
            out.collect(all.size());
        }
    }
}
