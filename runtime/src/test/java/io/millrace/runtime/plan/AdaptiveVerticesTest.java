package io.millrace.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.Partitioning.Kind;
import io.millrace.api.option.AdaptiveOptions;
import io.millrace.api.option.Config;
import io.millrace.api.option.ProgramOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdaptiveVerticesTest {
    private final List<JobEdge> edges = new ArrayList<>();
    private Set<Integer> set = Set.of();
    private Config config = Config.empty();

    private void edge(int source, int target, Kind kind) {
        edges.add(new JobEdge(edges.size(), source, 0, null, target, 0, kind, new byte[0], true));
    }

    private List<JobVertex> vertices() {
        List<JobVertex> vertices = new ArrayList<>();
        for (int id = 1; id <= 4; id++) {
            vertices.add(new JobVertex(id, "vertex-" + id, 2, 128, "default", List.of()));
        }
        return AdaptiveVertices.in(vertices, edges, set, Map.of(), config);
    }

    private List<Integer> undecided() {
        return vertices().stream().filter(JobVertex::isUndecided).map(JobVertex::id).toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"KEY_GROUP", "REBALANCE", "RESCALE", "SHUFFLE"})
    void whatReadsByKeyOrByTurnsIsDecidedLater(Kind kind) {
        edge(1, 2, kind);
        assertThat(undecided()).containsExactly(2);
        JobVertex vertex = vertices().get(1);
        assertThat(vertex.parallelism()).isEqualTo(128);
        assertThat(vertex.ranges()).isEqualTo(128);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FORWARD", "BROADCAST", "GLOBAL", "CUSTOM"})
    void whatKnowsItsSubtasksIsNot(Kind kind) {
        edge(1, 2, kind);
        assertThat(undecided()).isEmpty();
    }

    @Test
    void aBroadcastBesideAKeyIsNoHindrance() {
        edge(1, 3, Kind.KEY_GROUP);
        edge(2, 3, Kind.BROADCAST);
        assertThat(undecided()).containsExactly(3);
    }

    @Test
    void whatIsSetIsNotDecided() {
        edge(1, 2, Kind.KEY_GROUP);
        edge(2, 3, Kind.KEY_GROUP);
        set = Set.of(2);
        assertThat(undecided()).containsExactly(3);
    }

    @Test
    void forwardReadersFollow() {
        edge(1, 2, Kind.KEY_GROUP);
        edge(2, 3, Kind.FORWARD);
        edge(1, 3, Kind.KEY_GROUP);
        assertThat(undecided()).containsExactly(2, 3);
    }

    @Test
    void noneOfThoseThatHaveOneParallelismIsDecidedIfOneIsSet() {
        edge(1, 2, Kind.KEY_GROUP);
        edge(2, 3, Kind.FORWARD);
        set = Set.of(3);
        assertThat(undecided()).isEmpty();
    }

    @Test
    void twoThatWouldDecideOneParallelismDoNot() {
        edge(1, 2, Kind.KEY_GROUP);
        edge(1, 3, Kind.KEY_GROUP);
        edge(2, 4, Kind.FORWARD);
        edge(3, 4, Kind.FORWARD);
        assertThat(undecided()).isEmpty();
    }

    @Test
    void edgesThroughMemoryAreNotWaitedFor() {
        edges.add(new JobEdge(0, 1, 0, null, 2, 0, Kind.KEY_GROUP, new byte[0], false));
        assertThat(undecided()).isEmpty();
    }

    @Test
    void aParallelismThatIsGivenForAllIsTaken() {
        edge(1, 2, Kind.KEY_GROUP);
        config = config.with(ProgramOptions.PARALLELISM, 6);
        assertThat(undecided()).isEmpty();
        config = config.with(AdaptiveOptions.ENABLED, true);
        assertThat(undecided()).containsExactly(2);
        assertThat(vertices().get(1).parallelism()).isEqualTo(6);
        assertThat(vertices().get(1).ranges()).as("finer than subtasks").isEqualTo(128);
    }

    @Test
    void itCanBeTurnedOff() {
        edge(1, 2, Kind.KEY_GROUP);
        config = config.with(AdaptiveOptions.ENABLED, false);
        assertThat(undecided()).isEmpty();
    }

    @Test
    void theKeyGroupsAreTheLimit() {
        edge(1, 2, Kind.KEY_GROUP);
        config = config.with(AdaptiveOptions.MAX_PARALLELISM, 1_000);
        assertThat(vertices().get(1).parallelism()).isEqualTo(128);
    }
}
