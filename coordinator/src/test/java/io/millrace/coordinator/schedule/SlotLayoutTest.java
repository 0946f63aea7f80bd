package io.millrace.coordinator.schedule;

import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.Partitioning.Kind.FORWARD;
import static io.millrace.api.graph.Partitioning.Kind.REBALANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.JobGraphs;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotLayoutTest {
    @Test
    void aGroupNeedsAsManySlotsAsItsWidestVertex() {
        var graph =
                JobGraphs.job(1)
                        .vertex(2, MAP)
                        .vertex(4, MAP)
                        .vertex(1, MAP)
                        .edge(1, 2, REBALANCE)
                        .edge(2, 3, REBALANCE)
                        .build();
        assertThat(SlotLayout.of(graph).slots()).isEqualTo(4);
    }

    @Test
    void groupsShareNoSlot() {
        var graph = JobGraphs.job(1).vertex(2, "a", MAP).vertex(3, "b", MAP).build();
        SlotLayout layout = SlotLayout.of(graph);
        assertThat(layout.slots()).isEqualTo(5);
        assertThat(layout.slotsOf(List.of(1))).containsExactly(0, 1);
        assertThat(layout.slotsOf(List.of(2))).containsExactly(2, 3, 4);
    }

    @Test
    void forwardNeighboursLieTogether() {
        var graph =
                JobGraphs.job(1)
                        .vertex(4, MAP)
                        .vertex(2, MAP)
                        .vertex(2, MAP)
                        .edge(1, 2, REBALANCE)
                        .edge(2, 3, FORWARD)
                        .build();
        SlotLayout layout = SlotLayout.of(graph);
        for (int subtask = 0; subtask < 2; subtask++) {
            assertThat(layout.slotOf(3, subtask)).isEqualTo(layout.slotOf(2, subtask));
        }
    }

    @Test
    void narrowVerticesTakeTheEmptiestSlots() {
        var graph =
                JobGraphs.job(1)
                        .vertex(2, MAP)
                        .vertex(1, MAP)
                        .vertex(1, MAP)
                        .edge(1, 2, REBALANCE)
                        .edge(1, 3, REBALANCE)
                        .build();
        SlotLayout layout = SlotLayout.of(graph);
        assertThat(layout.slotOf(2, 0)).isNotEqualTo(layout.slotOf(3, 0));
    }

    @Test
    void noSlotHoldsTwoSubtasksOfOneVertex() {
        var graph =
                JobGraphs.job(1)
                        .vertex(3, MAP)
                        .vertex(5, MAP)
                        .vertex(3, MAP)
                        .edge(1, 2, REBALANCE)
                        .edge(2, 3, REBALANCE)
                        .build();
        SlotLayout layout = SlotLayout.of(graph);
        for (int vertex = 1; vertex <= 3; vertex++) {
            int parallelism = graph.vertex(vertex).parallelism();
            assertThat(layout.slotsOf(List.of(vertex))).hasSize(parallelism);
        }
    }
}
