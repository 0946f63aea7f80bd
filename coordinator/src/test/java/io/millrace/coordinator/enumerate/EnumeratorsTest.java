package io.millrace.coordinator.enumerate;

import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.JobGraphs;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnumeratorsTest {
    private static final Enumerators.Positions ANEW = (vertexId, operator) -> null;

    private final JobGraph graph =
            JobGraphs.job(1).vertex(1, SOURCE).vertex(1, MAP).vertex(1, MAP, SOURCE).build();
    private final Enumerators enumerators = new Enumerators(graph, 0);

    private AttemptId reader(int vertex) {
        return new AttemptId(graph.jobId(), vertex, 0, 0);
    }

    @Test
    void startsOneForEachSourceOperator() {
        assertThat(enumerators.start(List.of(1, 2, 3), ANEW))
                .containsExactly(
                        new Effect.StartEnumerator(graph, 1, 0, 0),
                        new Effect.StartEnumerator(graph, 3, 1, 0));
    }

    @Test
    void eachRegionHasGenerationsOfItsOwn() {
        enumerators.start(List.of(1), ANEW);
        enumerators.start(List.of(3), ANEW);
        assertThat(enumerators.stop(List.of(1)))
                .containsExactly(new Effect.StopEnumerators(graph.jobId(), 0));
        enumerators.start(List.of(1), ANEW);
        assertThat(enumerators.isCurrent(1, 0)).isFalse();
        assertThat(enumerators.isCurrent(1, 2)).isTrue();
        assertThat(enumerators.isCurrent(3, 1)).isTrue();
    }

    @Test
    void stoppingTwiceIsStoppingOnce() {
        enumerators.start(List.of(1, 2), ANEW);
        assertThat(enumerators.stop(List.of(1, 2))).hasSize(1);
        assertThat(enumerators.stop(List.of(1, 2))).isEmpty();
    }

    @Test
    void requestsGoToTheGenerationThatRuns() {
        enumerators.start(List.of(1), ANEW);
        enumerators.stop(List.of(1));
        assertThat(enumerators.splitRequested(reader(1), 0, "h")).isEmpty();
        enumerators.start(List.of(1), ANEW);
        assertThat(enumerators.splitRequested(reader(1), 0, "h"))
                .containsExactly(new Effect.SplitRequest(graph.jobId(), 1, 0, 1, 0, "h"));
        assertThat(enumerators.readerRuns(reader(1), "h"))
                .containsExactly(new Effect.ReaderRegistered(graph.jobId(), 1, 0, 1, 0, 0, "h"));
    }

    @Test
    void aVertexWithoutSourceHasNoEnumerator() {
        enumerators.start(List.of(2), ANEW);
        assertThat(enumerators.readerRuns(reader(2), "h")).isEmpty();
        assertThat(enumerators.isCurrent(2, 0)).isFalse();
    }
}
