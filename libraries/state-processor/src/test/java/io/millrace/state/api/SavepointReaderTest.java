package io.millrace.state.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.OpenContext;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.api.window.TimeWindow;
import io.millrace.state.api.function.KeyedStateReaderFunction;
import io.millrace.state.api.function.WindowReaderFunction;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobs have left in savepoints, read at another parallelism. */
@Timeout(120)
class SavepointReaderTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @TempDir private static Path directory;
    private static String heap;
    private static String rocks;

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(3);

    @BeforeAll
    static void leaveSavepoints() throws Exception {
        heap = savepointOf("hashmap");
        rocks = savepointOf("rocksdb");
    }

    private static String savepointOf(String backend) throws Exception {
        Configuration options = new Configuration();
        options.setString("state.backend.type", backend);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        env.setParallelism(2);
        return Everything.savepoint(env, directory.resolve(backend));
    }

    private SavepointReader reader(String backend) throws Exception {
        return SavepointReader.read(env, backend.equals("heap") ? heap : rocks);
    }

    static <T> List<T> all(DataStream<T> stream) throws Exception {
        List<T> found = new ArrayList<>();
        try (var results = stream.executeAndCollect()) {
            results.forEachRemaining(found::add);
        }
        return found;
    }

    private static OperatorIdentifier uid(String uid) {
        return OperatorIdentifier.forUid(uid);
    }

    private static Long[] numbers(long offset) {
        return LongStream.range(0, Everything.NUMBERS)
                .mapToObj(number -> number + offset)
                .toArray(Long[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocks"})
    void showsEachKeyWithItsStatesAndTimers(String backend) throws Exception {
        List<String> found = all(reader(backend).readKeyedState(uid("keyed"), new Describe()));

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 10).mapToObj(Describe::expected).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocks"})
    void readsLists(String backend) throws Exception {
        SavepointReader reader = reader(backend);

        assertThat(all(reader.readListState(uid("lists"), "items", Types.LONG)))
                .containsExactlyInAnyOrder(numbers(0));
        assertThat(all(reader.readUnionState(uid("lists"), "union", Types.LONG)))
                .containsExactlyInAnyOrder(numbers(1_000));
    }

    @Test
    void readsBroadcastStateOnce() throws Exception {
        List<Tuple2<String, Long>> entries =
                all(
                        reader("heap")
                                .readBroadcastState(
                                        uid("rules"), "rules", Types.STRING, Types.LONG));

        assertThat(entries)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(50, 60)
                                .mapToObj(number -> Tuple2.of(Everything.key(number), number))
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocks"})
    void readsWindowsOfOneRowForEachKey(String backend) throws Exception {
        SavepointReader reader = reader(backend);

        List<String> tumbling =
                all(
                        reader.window(Everything.MINUTE_THIRDS)
                                .reduce(
                                        "tumbling",
                                        Long::sum,
                                        new Window<Long>(),
                                        Types.STRING,
                                        Types.LONG,
                                        Types.STRING));
        List<Double> sliding =
                all(
                        reader.window(Everything.SLIDING)
                                .aggregate(
                                        "sliding",
                                        new Everything.Mean(),
                                        Types.STRING,
                                        Types.TUPLE(Types.LONG, Types.LONG),
                                        Types.DOUBLE));
        List<Long> sessions =
                all(
                        reader.window(Everything.SESSIONS)
                                .reduce("sessions", Long::sum, Types.STRING, Types.LONG));

        assertThat(tumbling).hasSize(30).contains("k3 [0] 16", "k3 [20000] 56", "k3 [40000] 96");
        assertThat(sliding).hasSize(40).contains(8.0, 18.0, 38.0, 48.0);
        assertThat(sessions).hasSize(10).contains(3L + 13 + 23 + 33 + 43 + 53);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocks"})
    void readsWindowsThatKeepTheirRecords(String backend) throws Exception {
        var windows = reader(backend).window(Everything.MINUTE_THIRDS);

        List<String> collected =
                all(
                        windows.process(
                                "collected",
                                new Window<Long>(),
                                Types.STRING,
                                Types.LONG,
                                Types.STRING));
        List<String> evicted =
                all(
                        windows.evictor()
                                .process(
                                        "evicted",
                                        new Window<Long>(),
                                        Types.STRING,
                                        Types.LONG,
                                        Types.STRING));
        List<Long> folded =
                all(windows.evictor().reduce("evicted", Long::sum, Types.STRING, Types.LONG));

        assertThat(collected).hasSize(30).contains("k3 [0] 3 13", "k9 [40000] 49 59");
        assertThat(evicted).containsExactlyInAnyOrderElementsOf(collected);
        assertThat(folded).hasSize(30).contains(16L, 56L, 96L);
    }

    @Test
    void namesTheOperatorsThatThereAre() throws Exception {
        SavepointReader reader = reader("heap");

        assertThatThrownBy(() -> reader.readKeyedState(uid("other"), new Describe()))
                .hasMessageContaining("no operator with the uid 'other'")
                .hasMessageContaining("'keyed'")
                .hasMessageContaining("'lists'");
    }

    @Test
    void namesTheStatesThatThereAre() throws Exception {
        SavepointReader reader = reader("heap");

        assertThatThrownBy(() -> reader.readListState(uid("lists"), "union", Types.LONG))
                .hasMessageContaining("no state 'union' that is a list (readListState)")
                .hasMessageContaining("'items', a list (readListState)")
                .hasMessageContaining("'union', a union list (readUnionState)");
        assertThatThrownBy(() -> all(reader.readKeyedState(uid("keyed"), new One("sums", false))))
                .hasStackTraceContaining("no state 'sums' that is keyed state")
                .hasStackTraceContaining("'sum', keyed state");
    }

    @Test
    void namesBothTypesIfAStateIsOfAnother() throws Exception {
        SavepointReader reader = reader("heap");

        assertThatThrownBy(() -> all(reader.readKeyedState(uid("keyed"), new Texts())))
                .hasStackTraceContaining("state 'sum' of operator")
                .hasStackTraceContaining("written as LONG and is STRING now");
    }

    @Test
    void refusesStatesThatAreAskedForTooLate() throws Exception {
        SavepointReader reader = reader("heap");

        assertThatThrownBy(() -> all(reader.readKeyedState(uid("keyed"), new One("sum", true))))
                .hasStackTraceContaining("the state 'names' of operator 'keyed'")
                .hasStackTraceContaining("Ask for all states in open()");
    }

    @Test
    void saysThatThereIsNoSavepoint() {
        assertThatThrownBy(() -> SavepointReader.read(env, directory.resolve("nothing").toString()))
                .hasMessageContaining("CHECKPOINT_NOT_FOUND");
    }

    /** All states of a key in a line. */
    private static final class Describe extends KeyedStateReaderFunction<String, String> {
        private static final long serialVersionUID = 1L;

        static String expected(long digit) {
            List<Long> all = LongStream.range(0, 6).mapToObj(ten -> ten * 10 + digit).toList();
            long sum = all.stream().mapToLong(Long::longValue).sum();
            return Everything.key(digit)
                    + " "
                    + sum
                    + " "
                    + all
                    + " "
                    + all.stream().map(each -> each + "=n" + each).toList()
                    + " "
                    + all.get(5)
                    + " "
                    + sum / 6.0
                    + " "
                    + all.stream().map(each -> 1_000_000 + each).toList()
                    + " "
                    + all.stream().map(each -> Long.MAX_VALUE / 2 + each).toList();
        }

        @Override
        public void open(OpenContext context) {
            getRuntimeContext().getState(Everything.SUM);
            getRuntimeContext().getListState(Everything.ALL);
            getRuntimeContext().getMapState(Everything.NAMES);
            getRuntimeContext().getReducingState(Everything.MOST);
            getRuntimeContext().getAggregatingState(Everything.MEAN);
        }

        @Override
        public void readKey(String key, Context context, Collector<String> out) throws Exception {
            List<Long> all = new ArrayList<>();
            getRuntimeContext().getListState(Everything.ALL).get().forEach(all::add);
            List<String> names = new ArrayList<>();
            getRuntimeContext()
                    .getMapState(Everything.NAMES)
                    .entries()
                    .forEach(each -> names.add(each.getKey() + "=" + each.getValue()));
            names.sort(
                    (a, b) -> a.length() == b.length() ? a.compareTo(b) : a.length() - b.length());
            out.collect(
                    key
                            + " "
                            + getRuntimeContext().getState(Everything.SUM).value()
                            + " "
                            + all
                            + " "
                            + names
                            + " "
                            + getRuntimeContext().getReducingState(Everything.MOST).get()
                            + " "
                            + getRuntimeContext().getAggregatingState(Everything.MEAN).get()
                            + " "
                            + context.registeredEventTimeTimers()
                            + " "
                            + context.registeredProcessingTimeTimers());
        }
    }

    /** One number of a key. */
    private static final class One extends KeyedStateReaderFunction<String, Long> {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final boolean asksLate;
        private transient ValueState<Long> state;

        One(String name, boolean asksLate) {
            this.name = name;
            this.asksLate = asksLate;
        }

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(new ValueStateDescriptor<>(name, Types.LONG));
        }

        @Override
        public void readKey(String key, Context context, Collector<Long> out) throws Exception {
            if (asksLate) {
                getRuntimeContext().getMapState(Everything.NAMES);
            }
            out.collect(state.value());
        }
    }

    /** Takes numbers for texts. */
    private static final class Texts extends KeyedStateReaderFunction<String, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<String> state;

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.STRING));
        }

        @Override
        public void readKey(String key, Context context, Collector<String> out) throws Exception {
            out.collect(state.value());
        }
    }

    /** Key, start and elements of a window in a line. */
    private static final class Window<T>
            extends WindowReaderFunction<T, String, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void readWindow(
                String key,
                Context<TimeWindow> context,
                Iterable<T> elements,
                Collector<String> out)
                throws Exception {
            StringBuilder line = new StringBuilder(key + " [" + context.window().getStart() + "]");
            elements.forEach(each -> line.append(' ').append(each));
            assertThat(context.registeredEventTimeTimers())
                    .contains(context.window().maxTimestamp());
            out.collect(line.toString());
        }
    }
}
