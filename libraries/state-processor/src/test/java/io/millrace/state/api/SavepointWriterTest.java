package io.millrace.state.api;

import static io.millrace.state.api.SavepointReaderTest.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.backend.EmbeddedRocksDBStateBackend;
import io.millrace.api.backend.HashMapStateBackend;
import io.millrace.api.backend.StateBackend;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OpenContext;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ValueState;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.state.api.function.BroadcastStateBootstrapFunction;
import io.millrace.state.api.function.KeyedStateBootstrapFunction;
import io.millrace.state.api.function.KeyedStateReaderFunction;
import io.millrace.state.api.function.StateBootstrapFunction;
import io.millrace.state.api.saved.SavedState;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Savepoints that bounded jobs write, read again at another parallelism. */
@Timeout(120)
class SavepointWriterTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final int NUMBERS = 60;

    @TempDir private Path directory;

    private StreamExecutionEnvironment env() {
        Configuration options = new Configuration();
        options.setString("restart-strategy.type", "none");
        return StreamExecutionEnvironment.getExecutionEnvironment(options).setParallelism(2);
    }

    private String place(String name) {
        return directory.resolve(name).toUri().toString();
    }

    private static DataStream<Long> numbers(StreamExecutionEnvironment env) {
        return env.fromSequence(0, NUMBERS - 1);
    }

    private static DataStream<Long> inOrder(StreamExecutionEnvironment env) {
        return env.fromSequence(0, NUMBERS - 1).setParallelism(1);
    }

    private static OperatorIdentifier uid(String uid) {
        return OperatorIdentifier.forUid(uid);
    }

    private static StateBootstrapTransformation<Long> sums(DataStream<Long> numbers) {
        return OperatorTransformation.bootstrapWith(numbers)
                .keyBy(Everything::key, Types.STRING)
                .transform(new Sum());
    }

    private String written(String name) throws Exception {
        StreamExecutionEnvironment env = env();
        SavepointWriter.newSavepoint(env, 64)
                .withOperator(uid("sums"), sums(numbers(env)))
                .withOperator(
                        uid("items"),
                        OperatorTransformation.bootstrapWith(numbers(env)).transform(new Items()))
                .write(place(name));
        env.execute();
        return place(name);
    }

    @ParameterizedTest
    @CsvSource({"heap,STREAMING", "heap,BATCH", "rocksdb,STREAMING", "rocksdb,BATCH"})
    void whatIsWrittenIsRead(String backend, RuntimeExecutionMode mode) throws Exception {
        StateBackend chosen =
                backend.equals("heap")
                        ? new HashMapStateBackend()
                        : new EmbeddedRocksDBStateBackend();
        StreamExecutionEnvironment env = env();
        env.setRuntimeMode(mode);
        SavepointWriter.newSavepoint(env, chosen, 64)
                .withOperator(uid("sums"), sums(numbers(env)))
                .withOperator(
                        uid("items"),
                        OperatorTransformation.bootstrapWith(numbers(env)).transform(new Items()))
                .withOperator(
                        uid("rules"),
                        OperatorTransformation.bootstrapWith(inOrder(env)).transform(new Rules()))
                .withOperator(
                        uid("tumbling"),
                        OperatorTransformation.bootstrapWith(numbers(env))
                                .assignTimestamps(number -> number * 1_000)
                                .keyBy(Everything::key, Types.STRING)
                                .window(Everything.MINUTE_THIRDS)
                                .reduce(Long::sum))
                .write(place("new"));
        env.execute();

        SavepointReader reader = SavepointReader.read(env().setParallelism(3), place("new"));
        assertThat(all(reader.readKeyedState(uid("sums"), new ReadSum())))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 10)
                                .mapToObj(each -> Tuple2.of("k" + each, 150 + 6 * each))
                                .toList());
        assertThat(all(reader.readListState(uid("items"), "items", Types.LONG)))
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, NUMBERS).boxed().toList());
        assertThat(all(reader.readUnionState(uid("items"), "union", Types.LONG))).hasSize(NUMBERS);
        assertThat(all(reader.readBroadcastState(uid("rules"), "rules", Types.STRING, Types.LONG)))
                .hasSize(10)
                .contains(Tuple2.of("k4", 54L));
        assertThat(
                        all(
                                reader.window(Everything.MINUTE_THIRDS)
                                        .reduce("tumbling", Long::sum, Types.STRING, Types.LONG)))
                .hasSize(30)
                .contains(16L, 56L, 96L);
    }

    @Test
    void operatorsThatStayAreCopiedAndMayGetAnotherName() throws Exception {
        String first = written("first");
        StreamExecutionEnvironment env = env().setParallelism(3);
        SavepointWriter.fromExistingSavepoint(env, first)
                .removeOperator(uid("items"))
                .changeOperatorIdentifier(uid("sums"), uid("totals"))
                .write(place("second"));
        env.execute();
        delete(directory.resolve("first"));

        SavepointReader reader = SavepointReader.read(env(), place("second"));
        assertThat(all(reader.readKeyedState(uid("totals"), new ReadSum())))
                .hasSize(10)
                .contains(Tuple2.of("k9", 204L));
        assertThatThrownBy(() -> reader.readListState(uid("items"), "items", Types.LONG))
                .hasMessageContaining("no operator with the uid 'items'")
                .hasMessageContaining("'totals'");
        assertThat(SavedState.open(place("second")).operator("totals").entry().maxParallelism())
                .isEqualTo(64);
    }

    @Test
    void nothingThatExistsIsWrittenTo() throws Exception {
        String first = written("first");
        StreamExecutionEnvironment env = env();
        SavepointWriter writer =
                SavepointWriter.newSavepoint(env, 64).withOperator(uid("a"), sums(numbers(env)));

        assertThatThrownBy(() -> writer.write(first))
                .hasMessageContaining("OUTPUT_EXISTS")
                .hasMessageContaining("something is there already");
    }

    @Test
    void namesOfOperatorsAreChecked() throws Exception {
        String first = written("first");
        StreamExecutionEnvironment env = env();
        SavepointWriter writer = SavepointWriter.fromExistingSavepoint(env, first);

        assertThatThrownBy(() -> writer.removeOperator(uid("other")))
                .hasMessageContaining("no operator with the uid 'other'")
                .hasMessageContaining("'sums', 'items'");
        assertThatThrownBy(() -> writer.withOperator(uid("sums"), sums(numbers(env))))
                .hasMessageContaining("removeOperator()");
        assertThatThrownBy(() -> writer.changeOperatorIdentifier(uid("items"), uid("sums")))
                .hasMessageContaining("uid 'sums' already");
        assertThatThrownBy(() -> SavepointWriter.newSavepoint(env, 64).write(place("none")))
                .hasMessageContaining("would have no operator");
    }

    @Test
    void aJobThatFailsLeavesNoSavepoint() throws Exception {
        StreamExecutionEnvironment env = env();
        DataStream<Long> failing =
                numbers(env)
                        .map(
                                number -> {
                                    if (number == NUMBERS - 1) {
                                        throw new IllegalStateException("the last one is bad");
                                    }
                                    return number;
                                })
                        .returns(Types.LONG);
        SavepointWriter.newSavepoint(env, 64)
                .withOperator(uid("sums"), sums(failing))
                .withOperator(
                        uid("items"),
                        OperatorTransformation.bootstrapWith(numbers(env)).transform(new Items()))
                .write(place("torn"));

        assertThatThrownBy(env::execute).hasStackTraceContaining("the last one is bad");
        assertThatThrownBy(() -> SavepointReader.read(env(), place("torn")))
                .hasMessageContaining("CHECKPOINT_NOT_FOUND");
    }

    private static void delete(Path root) throws Exception {
        try (var files = Files.walk(root)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class Sum extends KeyedStateBootstrapFunction<String, Long> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> sum;

        @Override
        public void open(OpenContext context) {
            sum = getRuntimeContext().getState(Everything.SUM);
        }

        @Override
        public void processElement(Long number, Context context) throws Exception {
            sum.update((sum.value() == null ? 0 : sum.value()) + number);
            context.timerService().registerEventTimeTimer(sum.value());
            context.timerService().deleteEventTimeTimer(sum.value() - number);
        }
    }

    private static final class ReadSum
            extends KeyedStateReaderFunction<String, Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> sum;

        @Override
        public void open(OpenContext context) {
            sum = getRuntimeContext().getState(Everything.SUM);
        }

        @Override
        public void readKey(String key, Context context, Collector<Tuple2<String, Long>> out)
                throws Exception {
            assertThat(context.registeredEventTimeTimers()).containsExactly(sum.value());
            out.collect(Tuple2.of(key, sum.value()));
        }
    }

    private static final class Items extends StateBootstrapFunction<Long> {
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
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            List<Long> all = new ArrayList<>();
            items.get().forEach(all::add);
            union.update(all);
        }
    }

    private static final class Rules extends BroadcastStateBootstrapFunction<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long number, Context context) throws Exception {
            context.getBroadcastState(Everything.RULES).put(Everything.key(number), number);
        }
    }
}
