package io.millrace.testutils.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.operator.KeyedProcessOperator;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.StateTtlConfig;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.type.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What has not been used for 100 ms of the test's clock is forgotten. */
class StateLifetimeTest {
    private static StateTtlConfig.Builder lifetime() {
        return StateTtlConfig.newBuilder(Duration.ofMillis(100));
    }

    /** Adds a number to every state of its key; tells all of them for a negative one. */
    private static final class Everything extends KeyedProcessFunction<Integer, Long, String> {
        private static final long serialVersionUID = 1L;

        private final StateTtlConfig config;
        private transient ValueState<Long> value;
        private transient ListState<Long> list;
        private transient MapState<Long, Long> map;
        private transient ReducingState<Long> sum;
        private transient AggregatingState<Long, Long> count;

        Everything(StateTtlConfig config) {
            this.config = config;
        }

        @Override
        public void open(OpenContext context) {
            var state = getRuntimeContext();
            var values = new ValueStateDescriptor<>("value", Long.class);
            values.enableTimeToLive(config);
            value = state.getState(values);
            var lists = new ListStateDescriptor<>("list", Long.class);
            lists.enableTimeToLive(config);
            list = state.getListState(lists);
            var maps = new MapStateDescriptor<>("map", Long.class, Long.class);
            maps.enableTimeToLive(config);
            map = state.getMapState(maps);
            var sums = new ReducingStateDescriptor<>("sum", Long::sum, Long.class);
            sums.enableTimeToLive(config);
            sum = state.getReducingState(sums);
            var counts = new AggregatingStateDescriptor<>("count", new Counting(), Long.class);
            counts.enableTimeToLive(config);
            count = state.getAggregatingState(counts);
        }

        @Override
        public void processElement(Long number, Context context, Collector<String> out)
                throws Exception {
            if (number >= 0) {
                value.update(number);
                list.add(number);
                map.put(number, number);
                sum.add(number);
                count.add(number);
                return;
            }
            List<Long> listed = new ArrayList<>();
            list.get().forEach(listed::add);
            Map<Long, Long> mapped = new TreeMap<>();
            for (Map.Entry<Long, Long> entry : map.entries()) {
                mapped.put(entry.getKey(), entry.getValue());
            }
            out.collect(
                    value.value()
                            + " "
                            + listed
                            + " "
                            + mapped
                            + " "
                            + sum.get()
                            + " "
                            + count.get()
                            + " "
                            + map.isEmpty());
        }
    }

    private static final class Counting implements AggregateFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Long value, Long accumulator) {
            return accumulator + 1;
        }

        @Override
        public Long getResult(Long accumulator) {
            return accumulator;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<Integer, Long, String> of(
            StateTtlConfig config) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Everything(config)), value -> 0, Types.INT);
    }

    private static String told(
            KeyedOneInputStreamOperatorTestHarness<Integer, Long, String> harness, long atMs)
            throws Exception {
        harness.setProcessingTime(atMs);
        harness.processElement(-1L, atMs);
        List<String> all = harness.extractOutputValues();
        return all.get(all.size() - 1);
    }

    private static void add(
            KeyedOneInputStreamOperatorTestHarness<Integer, Long, String> harness,
            long atMs,
            long number)
            throws Exception {
        harness.setProcessingTime(atMs);
        harness.processElement(number, atMs);
    }

    @Test
    void everyStateForgetsWhatWasNotWrittenInItsLifetime() throws Exception {
        try (var harness = of(lifetime().build())) {
            harness.open();
            add(harness, 0, 1);
            add(harness, 60, 2);

            assertThat(told(harness, 99)).isEqualTo("2 [1, 2] {1=1, 2=2} 3 2 false");
            assertThat(told(harness, 100)).isEqualTo("2 [2] {2=2} 3 2 false");
            assertThat(told(harness, 160)).isEqualTo("null [] {} null null true");
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void whatHasExpiredIsNotAddedTo() throws Exception {
        try (var harness = of(lifetime().build())) {
            harness.open();
            add(harness, 0, 1);
            add(harness, 100, 2);

            assertThat(told(harness, 100)).isEqualTo("2 [2] {2=2} 2 1 false");
        }
    }

    @Test
    void readingIsAUseIfItIsSaidToBe() throws Exception {
        try (var harness = of(lifetime().updateTtlOnReadAndWrite().build())) {
            harness.open();
            add(harness, 0, 1);

            assertThat(told(harness, 90)).isEqualTo("1 [1] {1=1} 1 1 false");
            assertThat(told(harness, 180)).isEqualTo("1 [1] {1=1} 1 1 false");
            assertThat(told(harness, 280)).isEqualTo("null [] {} null null true");
        }
    }

    @Test
    void whatHasExpiredIsShownOnceIfAskedFor() throws Exception {
        try (var harness = of(lifetime().returnExpiredIfNotCleanedUp().build())) {
            harness.open();
            add(harness, 0, 1);

            assertThat(told(harness, 500)).isEqualTo("1 [1] {1=1} 1 1 true");
            assertThat(told(harness, 500)).isEqualTo("null [] {} null null true");
        }
    }

    @Test
    void aLifetimeGoesOnFromASnapshot() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = of(lifetime().build())) {
            harness.open();
            add(harness, 0, 1);
            add(harness, 60, 2);
            snapshot = harness.snapshot(1, 60);
        }

        try (var harness = of(lifetime().build())) {
            harness.initializeState(snapshot);
            harness.open();

            assertThat(told(harness, 120)).isEqualTo("2 [2] {2=2} 3 2 false");
        }
    }

    @Test
    void aLifetimeCannotBeTakenFromStateThatIsRestored() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = of(lifetime().build())) {
            harness.open();
            add(harness, 0, 1);
            snapshot = harness.snapshot(1, 60);
        }

        try (var harness = of(StateTtlConfig.DISABLED)) {
            harness.initializeState(snapshot);

            assertThatThrownBy(harness::open)
                    .hasMessageStartingWith("SCHEMA_INCOMPATIBLE")
                    .hasMessageContaining("value");
        }
    }
}
