package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.bounded.Bounded;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.time.WatermarkStrategy;
import org.junit.jupiter.api.Test;

class BoundedChecksTest {
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();

    @Test
    void aSortOfWhatNeverEndsIsRefused() {
        Bounded.of(
                        env.fromSource(
                                        new EndlessSource(),
                                        WatermarkStrategy.noWatermarks(),
                                        "numbers")
                                .map(number -> number))
                .sort(number -> number);

        assertThatThrownBy(env::getStreamGraph)
                .hasMessageContaining("'Sort' of Bounded.of(…)")
                .hasMessageContaining("'Source: numbers' never ends");
    }

    @Test
    void aSortOfWhatEndsMayStandBesideWhatNeverEnds() {
        env.fromSource(new EndlessSource(), WatermarkStrategy.noWatermarks(), "numbers");
        Bounded.of(env.fromSequence(1, 9)).sort(number -> number);

        assertThat(env.getStreamGraph().nodes()).hasSize(3);
    }

    @Test
    void aSortInStreamingModeIsRefusedWhereCheckpointsAreTaken() {
        env.enableCheckpointing(1_000);
        Bounded.of(env.fromSequence(1, 9)).sort(number -> number);

        assertThatThrownBy(env::getStreamGraph)
                .hasMessageContaining("'Sort'")
                .hasMessageContaining("execution.checkpointing.interval")
                .hasMessageContaining("batch mode");
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        assertThat(env.getStreamGraph().nodes()).hasSize(2);
    }

    @Test
    void aFullPartitionInStreamingModeIsRefusedWhereCheckpointsAreTaken() {
        env.enableCheckpointing(1_000);
        env.fromSequence(1, 9).fullWindowPartition().reduce(Long::sum);

        assertThatThrownBy(env::getStreamGraph)
                .hasMessageContaining("of fullWindowPartition()")
                .hasMessageContaining("execution.checkpointing.interval");
    }

    @Test
    void aSortHasAnOrder() {
        assertThatThrownBy(
                        () -> Bounded.of(env.fromSequence(1, 9)).sort(number -> number, Order.NONE))
                .hasMessageContaining("ASCENDING or DESCENDING, not NONE");
    }

    @Test
    void idsAreLeftFreeForWhatThePlannerPutsBeforeASort() {
        Bounded.of(env.fromSequence(1, 9)).sort(number -> number).name("by number");

        StreamNode source = env.getStreamGraph().nodes().get(0);
        StreamNode sort = env.getStreamGraph().nodes().get(1);
        assertThat(sort.name()).isEqualTo("by number");
        assertThat(sort.id() - source.id() - 1).isEqualTo(OperatorSpec.GlobalSortSpec.FREE_IDS);
    }
}
