package io.millrace.state.api;

import static io.millrace.state.api.SavepointReaderTest.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.backend.EmbeddedRocksDBStateBackend;
import io.millrace.api.backend.RocksDBConfigurableOptions;
import io.millrace.api.backend.StateBackend;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OpenContext;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.ValueState;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.SerializableTimestampAssigner;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.tuple.Tuple1;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowFunction;
import io.millrace.state.api.function.KeyedStateBootstrapFunction;
import io.millrace.state.api.function.KeyedStateReaderFunction;
import io.millrace.state.api.function.WindowReaderFunction;
import io.millrace.state.api.saved.SavedState;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One savepoint, written by the less usual forms of the interface, and read by them. */
@Timeout(120)
class OverloadsTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final String HASH = "0123456789abcdef0123456789abcdef";
    private static final StateBackend DATABASE = new EmbeddedRocksDBStateBackend();

    @TempDir private static Path directory;

    private static String savepoint;

    private static StreamExecutionEnvironment env() {
        Configuration options = new Configuration();
        options.setString("restart-strategy.type", "none");
        return StreamExecutionEnvironment.getExecutionEnvironment(options).setParallelism(2);
    }

    private static OneInputStateTransformation<Tuple2<String, Long>> words(
            StreamExecutionEnvironment env) {
        return OperatorTransformation.bootstrapWith(
                env.fromData(
                        Types.TUPLE(Types.STRING, Types.LONG),
                        Tuple2.of("one", 1L),
                        Tuple2.of("two", 2L),
                        Tuple2.of("two", 3L)),
                7L);
    }

    private static KeyedStateTransformation<String, Long> numbers(StreamExecutionEnvironment env) {
        DataStream<Long> numbers = env.fromSequence(0, 59);
        return OperatorTransformation.bootstrapWith(numbers)
                .assignTimestamps(
                        (SerializableTimestampAssigner<Long>)
                                (element, recordTimestamp) -> element * 1_000)
                .keyBy(Everything::key);
    }

    @BeforeAll
    @SuppressWarnings("deprecation") // they are among those that are tried
    static void write() throws Exception {
        savepoint = directory.resolve("savepoint").toUri().toString();
        StreamExecutionEnvironment env = env();
        SavepointWriter.newSavepoint(env, DATABASE, 7L, 64)
                .withConfiguration(RocksDBConfigurableOptions.MAX_WRITE_BUFFER_NUMBER, 3)
                .withOperator(
                        OperatorIdentifier.forUidHash(HASH),
                        words(env).setMaxParallelism(32).keyBy(0).transform(new Latest()))
                .withOperator("by name", words(env).keyBy("f0").transform(new Latest()))
                .withOperator(
                        "triggered",
                        numbers(env)
                                .window(Everything.MINUTE_THIRDS)
                                .trigger(CountTrigger.of(100))
                                .aggregate(
                                        new Everything.Mean(), Types.TUPLE(Types.LONG, Types.LONG)))
                .withOperator(
                        "applied",
                        numbers(env).window(Everything.MINUTE_THIRDS).apply(new Largest()))
                .withOperator(
                        "processed",
                        numbers(env)
                                .window(Everything.MINUTE_THIRDS)
                                .process(new Everything.Count()))
                .withOperator(
                        "averaged",
                        numbers(env)
                                .window(Everything.MINUTE_THIRDS)
                                .aggregate(new Everything.Mean()))
                .withOperator("left out", words(env).keyBy(0).transform(new Latest()))
                .removeOperator("left out")
                .write(savepoint);
        env.execute();
    }

    private static SavepointReader reader() throws Exception {
        return SavepointReader.read(env(), savepoint, DATABASE);
    }

    @Test
    void theSavepointHasItsNumberAndAnOperatorItsKeyGroups() {
        SavedState saved = SavedState.open(savepoint);

        assertThat(saved.manifest().checkpointId()).isEqualTo(7);
        assertThat(saved.operator(HASH).entry().maxParallelism()).isEqualTo(32);
        assertThat(saved.operator("by name").entry().maxParallelism()).isEqualTo(64);
        assertThat(saved.has("left out")).isFalse();
    }

    @Test
    void keysAreFieldsByNumberAndByName() throws Exception {
        for (OperatorIdentifier each :
                List.of(
                        OperatorIdentifier.forUidHash(HASH),
                        OperatorIdentifier.forUid("by name"))) {
            assertThat(
                            all(
                                    reader().readKeyedState(
                                                    each,
                                                    new ReadLatest(),
                                                    tupleOfText(),
                                                    Types.STRING)))
                    .as("%s", each)
                    .containsExactlyInAnyOrder("one=1", "two=3");
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a tuple of one field is a tuple
    private static TypeInformation<Tuple> tupleOfText() {
        return (TypeInformation) Types.TUPLE(Types.STRING);
    }

    @Test
    void windowsWithATriggerAreReadByTheirAccumulators() throws Exception {
        assertThat(means("triggered")).hasSize(30).contains(5.0, 25.0, 54.0);
    }

    @Test
    void windowsWithoutATypeOfTheAccumulatorAreReadWithoutIt() throws Exception {
        assertThat(means("averaged")).hasSize(30).contains(5.0, 25.0, 54.0);
    }

    private static List<Double> means(String uid) throws Exception {
        return all(
                reader().window(Everything.MINUTE_THIRDS)
                        .aggregate(
                                uid,
                                new Everything.Mean(),
                                Types.STRING,
                                Types.TUPLE(Types.LONG, Types.LONG),
                                Types.DOUBLE));
    }

    @Test
    void windowsThatKeepTheirRecordsAreReadWithTheSerializerAlone() throws Exception {
        for (String uid : List.of("applied", "processed")) {
            assertThat(
                            all(
                                    reader().window(new TimeWindow.Serializer())
                                            .process(
                                                    uid,
                                                    new Each(),
                                                    Types.STRING,
                                                    Types.LONG,
                                                    Types.LONG)))
                    .as(uid)
                    .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 60).boxed().toList());
        }
    }

    private static final class Latest
            extends KeyedStateBootstrapFunction<Tuple, Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> latest;

        @Override
        public void open(OpenContext context) {
            latest = getRuntimeContext().getState(Everything.SUM);
        }

        @Override
        public void processElement(Tuple2<String, Long> word, Context context) throws Exception {
            assertThat(context.getCurrentKey()).isEqualTo(Tuple1.of(word.f0));
            if (latest.value() == null || latest.value() < word.f1) {
                latest.update(word.f1);
            }
        }
    }

    private static final class ReadLatest extends KeyedStateReaderFunction<Tuple, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> latest;

        @Override
        public void open(OpenContext context) {
            latest = getRuntimeContext().getState(Everything.SUM);
        }

        @Override
        public void readKey(Tuple key, Context context, Collector<String> out) throws Exception {
            out.collect(key.<String>getField(0) + "=" + latest.value());
        }
    }

    private static final class Largest implements WindowFunction<Long, Long, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void apply(
                String key, TimeWindow window, Iterable<Long> numbers, Collector<Long> out) {
            long largest = 0;
            for (long number : numbers) {
                largest = Math.max(largest, number);
            }
            out.collect(largest);
        }
    }

    private static final class Each extends WindowReaderFunction<Long, Long, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void readWindow(
                String key,
                Context<TimeWindow> context,
                Iterable<Long> numbers,
                Collector<Long> out) {
            numbers.forEach(out::collect);
        }
    }
}
