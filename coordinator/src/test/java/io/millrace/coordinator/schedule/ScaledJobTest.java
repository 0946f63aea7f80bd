package io.millrace.coordinator.schedule;

import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.Partitioning;
import io.millrace.coordinator.JobGraphs;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaledJobTest {
    /** A source that is forwarded from, a map that is dealt to, and a sink. */
    private static JobGraph graph() {
        return JobGraphs.job(1)
                .vertex(2, SOURCE)
                .vertex(2, MAP)
                .vertex(2, SINK)
                .edge(1, 2, Partitioning.Kind.FORWARD)
                .edge(2, 3, Partitioning.Kind.KEY_GROUP)
                .unbounded()
                .build();
    }

    private static JobGraph pinned(JobGraph graph, int vertexId) {
        JobVertex vertex = graph.vertex(vertexId);
        return graph.with(
                List.of(
                        new JobVertex(
                                vertex.id(),
                                vertex.name(),
                                vertex.parallelism(),
                                vertex.maxParallelism(),
                                vertex.slotSharingGroup(),
                                vertex.operators(),
                                null,
                                true)));
    }

    private static List<Integer> widths(JobGraph graph) {
        return graph.vertices().stream().map(JobVertex::parallelism).toList();
    }

    @Test
    void allThatTheProgramLeavesOpenChange() {
        assertThat(widths(new ScaledJob(graph(), 5).graph())).containsExactly(5, 5, 5);
        JobGraph accepted = graph();
        assertThat(new ScaledJob(accepted, 5).to(0).graph()).isEqualTo(accepted);
    }

    @Test
    void whatTheProgramSetsStaysAndWhatIsForwardedToItAsWell() {
        assertThat(widths(new ScaledJob(pinned(graph(), 2), 5).graph())).containsExactly(2, 2, 5);
        assertThat(widths(new ScaledJob(pinned(graph(), 3), 5).graph())).containsExactly(5, 5, 2);
    }

    @Test
    void aProgramThatSetsAllIsRefused() {
        ScaledJob job = new ScaledJob(pinned(pinned(graph(), 1), 3), 5);
        assertThatThrownBy(job::check)
                .hasMessageContaining("INVALID_OPTION")
                .hasMessageContaining("setParallelism");
    }

    @Test
    void theMaximumParallelismIsTheLimit() {
        new ScaledJob(graph(), 128).check();
        assertThatThrownBy(() -> new ScaledJob(graph(), 129).check())
                .hasMessageContaining("vertex-1")
                .hasMessageContaining("129")
                .hasMessageContaining("128");
    }
}
