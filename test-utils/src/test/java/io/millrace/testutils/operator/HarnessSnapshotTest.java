package io.millrace.testutils.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichFlatMapFunction;
import io.millrace.api.operator.KeyedProcessOperator;
import io.millrace.api.operator.StreamFlatMap;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HarnessSnapshotTest {
    /** Emits records in pairs, and holds the first of a pair. */
    private static final class Pairs extends RichFlatMapFunction<String, String>
            implements CheckpointedFunction, CheckpointListener {
        private static final long serialVersionUID = 1L;

        private final List<Long> complete = new ArrayList<>();
        private transient ListState<String> saved;
        private transient boolean restored;
        private String held;

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            restored = context.isRestored();
            saved =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>("held", String.class));
            for (String each : saved.get()) {
                held = each;
            }
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            saved.update(held == null ? List.of() : List.of(held));
        }

        @Override
        public void flatMap(String value, Collector<String> out) {
            if (held == null) {
                held = value;
            } else {
                out.collect(held + value);
                held = null;
            }
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            complete.add(checkpointId);
        }
    }

    private static OneInputStreamOperatorTestHarness<String, String> of(Pairs pairs)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new StreamFlatMap<>(pairs));
    }

    @Test
    void anotherHarnessGoesOnFromASnapshot() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = of(new Pairs())) {
            harness.open();
            harness.processElement("a", 1);
            snapshot = harness.snapshot(7, 1_000);
            assertThat(snapshot.hasState()).isTrue();
            harness.processElement("b", 2);
            assertThat(harness.extractOutputValues()).containsExactly("ab");
        }

        Pairs later = new Pairs();
        try (var harness = of(later)) {
            harness.setup();
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement("c", 3);

            assertThat(later.restored).isTrue();
            assertThat(harness.extractOutputValues()).containsExactly("ac");
        }
    }

    @Test
    void aHarnessStartsAnewWithoutASnapshot() throws Exception {
        Pairs pairs = new Pairs();
        try (var harness = of(pairs)) {
            harness.initializeEmptyState();
            harness.open();
            harness.processElement("a", 1);

            assertThat(pairs.restored).isFalse();
            assertThat(harness.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void aFunctionHearsOfCompleteCheckpoints() throws Exception {
        Pairs pairs = new Pairs();
        try (var harness = of(pairs)) {
            harness.open();
            harness.snapshot(7, 1_000);

            harness.notifyOfCompletedCheckpoint(7);

            assertThat(pairs.complete).containsExactly(7L);
        }
    }

    @Test
    void stateComesBeforeTheOperatorIsOpen() throws Exception {
        try (var harness = of(new Pairs())) {
            assertThatThrownBy(() -> harness.snapshot(1, 1)).hasMessageContaining("open()");
            harness.open();
            OperatorSubtaskState snapshot = harness.snapshot(1, 1);

            assertThat(snapshot.hasState()).isFalse();
            assertThatThrownBy(() -> harness.initializeState(snapshot))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("open already");
        }
    }

    /** Counts per key; a negative timestamp lets a key be forgotten. */
    private static final class Counts extends KeyedProcessFunction<String, String, String> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public void processElement(String value, Context context, Collector<String> out)
                throws Exception {
            if (context.timestamp() < 0) {
                count.clear();
                return;
            }
            Long before = count.value();
            count.update(before == null ? 1 : before + 1);
            out.collect(value + " " + count.value());
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, String, String> ofCounts()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Counts()), value -> value, Types.STRING);
    }

    @Test
    void stateOfKeysGoesOnFromASnapshot() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = ofCounts()) {
            harness.open();
            harness.processElement("a", 1);
            harness.processElement("a", 2);
            harness.processElement("b", 3);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            snapshot = harness.snapshot(1, 1_000);
        }

        try (var harness = ofCounts()) {
            harness.initializeState(snapshot);
            harness.open();
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            harness.processElement("a", 4);
            harness.processElement("b", -1);

            assertThat(harness.extractOutputValues()).containsExactly("a 3");
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        }
    }
}
