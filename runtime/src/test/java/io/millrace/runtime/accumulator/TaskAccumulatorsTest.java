package io.millrace.runtime.accumulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.accumulator.IntCounter;
import io.millrace.api.accumulator.ListAccumulator;
import io.millrace.api.accumulator.LongCounter;
import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.serde.JavaSerialization;
import org.junit.jupiter.api.Test;

class TaskAccumulatorsTest {
    private final TaskAccumulators task = new TaskAccumulators();

    private static int valueOf(AccumulatorValue value) {
        return JavaSerialization.read(
                        value.bytes(),
                        TaskAccumulatorsTest.class.getClassLoader(),
                        IntCounter.class)
                .getLocalValue();
    }

    @Test
    void tellsNothingUntilAHeartbeatAsks() {
        assertThat(task.askForLive()).isFalse();
        IntCounter counter = task.of("map").getOrAdd("n", IntCounter.class, IntCounter::new);
        counter.add(2);
        task.publishIfWanted();
        assertThat(task.published()).isEmpty();
        assertThat(task.askForLive()).isTrue();
        task.publishIfWanted();
        counter.add(1);
        assertThat(task.published()).singleElement().matches(value -> valueOf(value) == 2);
        task.publishFinal();
        assertThat(task.published()).singleElement().matches(value -> valueOf(value) == 3);
    }

    @Test
    void leavesOutWhatIsLargeWhileItRunsAndWhatIsTooLargeAtItsEnd() {
        ListAccumulator<byte[]> list = new ListAccumulator<>();
        task.of("map").add("list", list);
        task.of("map").add("n", new IntCounter(1));
        list.add(new byte[TaskAccumulators.MAX_LIVE_BYTES]);
        task.askForLive();
        task.publishIfWanted();
        assertThat(task.published()).extracting(AccumulatorValue::name).containsExactly("n");
        task.publishFinal();
        assertThat(task.published()).hasSize(2).allMatch(value -> value.failure() == null);
        list.add(new byte[TaskAccumulators.MAX_BYTES]);
        task.publishFinal();
        assertThat(task.published().get(0).failure()).contains("has more than");
        assertThat(task.published().get(1).failure()).isNull();
    }

    @Test
    void namesAnAccumulatorWhoseValuesCannotBeWritten() {
        ListAccumulator<Object> list = new ListAccumulator<>();
        list.add(new Object());
        task.of("map").add("list", list);
        task.publishFinal();
        assertThat(task.published().get(0).failure())
                .contains("accumulator 'list' of 'map'")
                .contains("java.lang.Object");
    }

    @Test
    void keepsTheNamesOfOperatorsApart() {
        OperatorAccumulators one = task.of("one");
        one.add("n", new IntCounter());
        task.of("two").add("n", new LongCounter());
        assertThatThrownBy(() -> one.add("n", new IntCounter()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("'n' already exists in operator 'one'");
        assertThatThrownBy(() -> one.getOrAdd("n", LongCounter.class, LongCounter::new))
                .hasMessageContaining("ACCUMULATOR_CONFLICT")
                .hasMessageContaining("LongCounter");
    }
}
