package io.millrace.coordinator.failover;

import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.Partitioning.Kind.FORWARD;
import static io.millrace.api.graph.Partitioning.Kind.REBALANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.JobGraphs;
import io.millrace.coordinator.failover.PipelinedRegions.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelinedRegionsTest {
    @Test
    void verticesWithoutEdgesAreRegionsOfTheirOwn() {
        var graph = JobGraphs.job(1).vertex(1, MAP).vertex(2, MAP).build();
        assertThat(PipelinedRegions.of(graph)).containsExactly(whole(1), whole(2));
    }

    @Test
    void edgesJoinRegionsInWhateverOrderTheyCome() {
        var graph =
                JobGraphs.job(1)
                        .vertex(1, MAP)
                        .vertex(1, MAP)
                        .vertex(1, MAP)
                        .vertex(1, MAP)
                        .vertex(1, MAP)
                        .edge(3, 5, REBALANCE)
                        .edge(1, 3, FORWARD)
                        .edge(2, 4, FORWARD)
                        .build();
        assertThat(PipelinedRegions.of(graph)).containsExactly(whole(1, 3, 5), whole(2, 4));
    }

    @Test
    void aDiamondIsOneRegion() {
        var graph =
                JobGraphs.job(1)
                        .vertex(1, MAP)
                        .vertex(1, MAP)
                        .vertex(1, MAP)
                        .vertex(1, MAP)
                        .edge(1, 2, FORWARD)
                        .edge(1, 3, FORWARD)
                        .edge(2, 4, REBALANCE)
                        .edge(3, 4, REBALANCE)
                        .build();
        assertThat(PipelinedRegions.of(graph)).containsExactly(whole(1, 2, 3, 4));
    }

    @Test
    void aStoredEdgeSeparatesAndEverySubtaskOfAVertexBetweenThemIsOfItsOwn() {
        var graph =
                JobGraphs.job(1)
                        .vertex(2, MAP)
                        .vertex(1, MAP)
                        .vertex(1, MAP)
                        .stored(1, 2, REBALANCE)
                        .edge(2, 3, REBALANCE)
                        .build();
        assertThat(PipelinedRegions.of(graph))
                .containsExactly(new Part(List.of(1), 0), new Part(List.of(1), 1), whole(2, 3));
    }

    private static Part whole(Integer... vertexIds) {
        return new Part(List.of(vertexIds), Part.ALL);
    }
}
