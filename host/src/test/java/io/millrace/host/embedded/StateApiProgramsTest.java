package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.backend.FileSystemCheckpointStorage;
import io.millrace.api.backend.HashMapStateBackend;
import io.millrace.api.checkpoint.CheckpointingMode;
import io.millrace.api.checkpoint.ExternalizedCheckpointRetention;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that use every kind of state and every setting of checkpoints, run whole. */
class StateApiProgramsTest {
    @TempDir Path directory;

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(Map.of("embedded.workers", "1")));
        env.setParallelism(2);
        return env;
    }

    /** Keeps something of each number in every kind of state, and tells it all. */
    private static final class Everything extends KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Long> count;
        private transient ListState<Long> all;
        private transient MapState<String, Long> last;
        private transient ReducingState<Long> sum;
        private transient AggregatingState<Long, String> text;

        @Override
        public void open(OpenContext context) {
            var state = getRuntimeContext();
            count = state.getState(new ValueStateDescriptor<>("count", Long.class));
            all = state.getListState(new ListStateDescriptor<>("all", Long.class));
            last = state.getMapState(new MapStateDescriptor<>("last", String.class, Long.class));
            sum =
                    state.getReducingState(
                            new ReducingStateDescriptor<>("sum", Long::sum, Long.class));
            text =
                    state.getAggregatingState(
                            new AggregatingStateDescriptor<>("text", new Joined(), String.class));
        }

        @Override
        public void processElement(Long value, Context context, Collector<String> out)
                throws Exception {
            count.update(count.value() == null ? 1 : count.value() + 1);
            all.add(value);
            last.put("value", value);
            sum.add(value);
            text.add(value);
            List<Long> listed = new ArrayList<>();
            all.get().forEach(listed::add);
            out.collect(
                    context.getCurrentKey()
                            + ": "
                            + count.value()
                            + " "
                            + listed
                            + " "
                            + last.get("value")
                            + " "
                            + sum.get()
                            + " "
                            + text.get());
        }
    }

    private static final class Joined implements AggregateFunction<Long, String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String createAccumulator() {
            return "";
        }

        @Override
        public String add(Long value, String accumulator) {
            return accumulator + "+" + value;
        }

        @Override
        public String getResult(String accumulator) {
            return accumulator.substring(1);
        }

        @Override
        public String merge(String a, String b) {
            return a + b;
        }
    }

    @Test
    void everyKindOfStateKeepsWhatItsKeyWasGiven() throws Exception {
        StreamExecutionEnvironment env = environment();

        assertThat(
                        env.fromSequence(1, 5)
                                .setParallelism(1)
                                .keyBy(n -> n % 2)
                                .process(new Everything())
                                .executeAndCollect(10))
                .containsExactlyInAnyOrder(
                        "1: 1 [1] 1 1 1",
                        "0: 1 [2] 2 2 2",
                        "1: 2 [1, 3] 3 4 1+3",
                        "0: 2 [2, 4] 4 6 2+4",
                        "1: 3 [1, 3, 5] 5 9 1+3+5");
    }

    @Test
    void futuresOfStatesAreCompleteInATask() throws Exception {
        StreamExecutionEnvironment env = environment();

        assertThat(
                        env.fromSequence(1, 4)
                                .setParallelism(1)
                                .keyBy(n -> n % 2)
                                .enableAsyncState()
                                .process(new Futures())
                                .executeAndCollect(10))
                .containsExactlyInAnyOrder(1L, 2L, 4L, 6L);
    }

    private static final class Futures extends KeyedProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        private transient io.millrace.api.state.v2.ValueState<Long> sum;

        @Override
        public void open(OpenContext context) {
            sum =
                    getRuntimeContext()
                            .getState(
                                    new io.millrace.api.state.v2.ValueStateDescriptor<>(
                                            "sum", Long.class));
        }

        @Override
        public void processElement(Long value, Context context, Collector<Long> out) {
            sum.asyncValue()
                    .thenApply(before -> before == null ? value : before + value)
                    .thenCompose(next -> sum.asyncUpdate(next).thenApply(done -> next))
                    .thenAccept(out::collect);
        }
    }

    @Test
    void aBroadcastRecordVisitsTheStateOfEachKey() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.setParallelism(1);
        ValueStateDescriptor<Long> sum = new ValueStateDescriptor<>("sum", Long.class);
        MapStateDescriptor<String, String> rules =
                new MapStateDescriptor<>("rules", String.class, String.class);

        List<String> seen =
                env.fromData(1L, 2L, 3L, 4L)
                        .keyBy(n -> n % 2)
                        .connect(env.fromData("tell").broadcast(rules))
                        .process(
                                new KeyedBroadcastProcessFunction<Long, Long, String, String>() {
                                    @Override
                                    public void processElement(
                                            Long value,
                                            ReadOnlyContext context,
                                            Collector<String> out)
                                            throws Exception {
                                        ValueState<Long> state = getRuntimeContext().getState(sum);
                                        Long before = state.value();
                                        state.update(before == null ? value : before + value);
                                    }

                                    @Override
                                    public void processBroadcastElement(
                                            String value, Context context, Collector<String> out)
                                            throws Exception {
                                        context.applyToKeyedState(
                                                sum,
                                                (key, state) ->
                                                        out.collect(key + "=" + state.value()));
                                    }
                                })
                        .executeAndCollect(10);

        // What has come by then is up to the two inputs; each key's sum is one of its own.
        assertThat(seen)
                .allMatch(each -> each.matches("0=[26]|1=[14]"))
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aJobRunsWithEverySettingOfCheckpoints() throws Exception {
        StreamExecutionEnvironment env = environment();
        configureAll(env);

        assertThat(
                        env.fromSequence(1, 20_000)
                                .keyBy(n -> n % 7)
                                .process(new Count())
                                .executeAndCollect(30_000))
                .hasSize(20_000);
    }

    private static final class Count extends KeyedProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public void processElement(Long value, Context context, Collector<Long> out)
                throws Exception {
            Long before = count.value();
            count.update(before == null ? 1 : before + 1);
            out.collect(count.value());
        }
    }

    @SuppressWarnings("deprecation") // programs use the older members too
    private void configureAll(StreamExecutionEnvironment env) {
        env.enableCheckpointing(20, CheckpointingMode.EXACTLY_ONCE);
        env.setStateBackend(new HashMapStateBackend());
        env.setDefaultSavepointDirectory(directory.resolve("savepoints").toUri());
        var checkpoints = env.getCheckpointConfig();
        checkpoints.setCheckpointStorage(
                new FileSystemCheckpointStorage(directory.resolve("checkpoints").toUri()));
        checkpoints.setCheckpointTimeout(60_000);
        checkpoints.setMinPauseBetweenCheckpoints(5);
        checkpoints.setMaxConcurrentCheckpoints(1);
        checkpoints.setTolerableCheckpointFailureNumber(3);
        checkpoints.setCheckpointIntervalDuringBacklog(1_000);
        checkpoints.setExternalizedCheckpointRetention(
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        checkpoints.enableUnalignedCheckpoints();
        checkpoints.setAlignedCheckpointTimeout(Duration.ofMillis(200));
        checkpoints.setForceUnalignedCheckpoints(true);
        checkpoints.setMaxSubtasksPerChannelStateFile(2);
        checkpoints.enableUnalignedCheckpointsInterruptibleTimers(true);
        env.enableChangelogStateBackend(true);
    }

    @Test
    void aKeyedStateWithoutKeysEndsTheJobWithItsName() {
        StreamExecutionEnvironment env = environment();
        RichMapFunction<Long, Long> asking =
                new RichMapFunction<>() {
                    @Override
                    public void open(OpenContext context) {
                        getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Long.class));
                    }

                    @Override
                    public Long map(Long value) {
                        return value;
                    }
                };

        assertThatThrownBy(() -> env.fromSequence(1, 5).map(asking).executeAndCollect(10))
                .hasStackTraceContaining("state 'sum' (VALUE)")
                .hasStackTraceContaining("keyBy()");
    }

    @Test
    void twoSettingsThatDoNotGoTogetherAreRefused() {
        StreamExecutionEnvironment env = environment();
        env.enableCheckpointing(100);
        env.getCheckpointConfig().enableUnalignedCheckpoints();
        env.getCheckpointConfig().setMaxConcurrentCheckpoints(2);

        assertThatThrownBy(() -> env.fromSequence(1, 5).executeAndCollect(10))
                .hasStackTraceContaining("max-concurrent-checkpoints' is '2'");
    }
}
