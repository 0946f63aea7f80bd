package io.millrace.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.Partitioning.Kind;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredReadsTest {
    private static final int RANGES = 7;
    private static final List<List<Integer>> SHARES =
            List.of(
                    List.of(7),
                    List.of(1, 7),
                    List.of(3, 4, 7),
                    List.of(1, 2, 3, 6, 7),
                    List.of(1, 2, 3, 4, 5, 6, 7));

    private static JobGraph graph(Kind kind, int producers, List<Integer> ends) {
        JobVertex source = new JobVertex(1, "source", producers, 128, "default", List.of());
        JobVertex target = new JobVertex(2, "target", 5, 128, "default", List.of());
        return new JobGraph(
                new JobId("0123456789abcdef0123456789abcdef"),
                "job",
                ExecutionMode.BATCH,
                true,
                List.of(source, target.undecided(5, RANGES).decided(ends)),
                List.of(new JobEdge(0, 1, 0, null, 2, 0, kind, new byte[0], true)),
                Map.of(),
                List.of());
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "BROADCAST")
    void eachRangeOfEachProducerHasOneReader(Kind kind) {
        for (List<Integer> ends : SHARES) {
            for (int producers = 1; producers <= 9; producers++) {
                if (kind == Kind.FORWARD && producers != ends.size()) {
                    continue;
                }
                JobGraph graph = graph(kind, producers, ends);
                JobEdge edge = graph.edge(0);
                Map<String, Integer> readers = new HashMap<>();
                for (int consumer = 0; consumer < ends.size(); consumer++) {
                    for (StoredReads.Read read : StoredReads.of(graph, edge, consumer)) {
                        for (int range = read.from(); range < read.to(); range++) {
                            assertThat(readers.put(read.producer() + ":" + range, consumer))
                                    .isNull();
                        }
                    }
                }
                for (int producer = 0; producer < producers; producer++) {
                    int ranges = StoredReads.ranges(graph, edge, producer);
                    List<Integer> expected = new ArrayList<>();
                    for (int range = 0; range < ranges; range++) {
                        expected.add(readers.remove(producer + ":" + range));
                    }
                    assertThat(StoredReads.readersOf(graph, edge, producer))
                            .containsExactly(
                                    expected.stream()
                                            .distinct()
                                            .mapToInt(Integer::intValue)
                                            .toArray());
                }
                assertThat(readers).as("what nobody wrote").isEmpty();
            }
        }
    }

    @Test
    void aBroadcastIsWrittenOnceAndReadByAll() {
        JobGraph graph = graph(Kind.BROADCAST, 2, List.of(3, 7));
        JobEdge edge = graph.edge(0);
        assertThat(StoredReads.ranges(graph, edge, 1)).isEqualTo(1);
        assertThat(StoredReads.of(graph, edge, 1))
                .containsExactly(new StoredReads.Read(0, 0, 1), new StoredReads.Read(1, 0, 1));
        assertThat(StoredReads.readersOf(graph, edge, 1)).containsExactly(0, 1);
    }

    @Test
    void theKeyGroupsOfARangeAreThoseOfItsReader() {
        for (List<Integer> ends : SHARES) {
            JobVertex vertex = graph(Kind.KEY_GROUP, 1, ends).vertex(2);
            for (int group = 0; group < 128; group++) {
                int range = KeyGroups.subtask(group, RANGES, 128);
                int wanted = group;
                int[] owners =
                        IntStream.range(0, ends.size())
                                .filter(subtask -> vertex.firstKeyGroup(subtask) <= wanted)
                                .filter(subtask -> vertex.lastKeyGroup(subtask) >= wanted)
                                .toArray();
                assertThat(owners).hasSize(1);
                assertThat(vertex.firstRange(owners[0])).isLessThanOrEqualTo(range);
                assertThat(vertex.endRange(owners[0])).isGreaterThan(range);
            }
        }
    }

    /**
     * The third range is cut in three by the writers of the first input, the fifth in two of the
     * other.
     */
    @Test
    void ofACutRangeEachPairOfWritersOfBothInputsHasOneReader() {
        JobVertex target =
                new JobVertex(3, "join", 1, 128, "default", List.of())
                        .undecided(9, RANGES, List.of(0, 1))
                        .decided(
                                List.of(2, 3, 3, 3, 4, 5, 5, 7),
                                List.of(
                                        new RangeCut(2, 0, List.of(1, 3, 4)),
                                        new RangeCut(4, 1, List.of(2, 3))));
        JobGraph graph =
                new JobGraph(
                        new JobId("0123456789abcdef0123456789abcdef"),
                        "job",
                        ExecutionMode.BATCH,
                        true,
                        List.of(
                                new JobVertex(1, "first", 4, 128, "default", List.of()),
                                new JobVertex(2, "second", 3, 128, "default", List.of()),
                                target),
                        List.of(
                                new JobEdge(0, 1, 0, null, 3, 0, Kind.KEY_GROUP, new byte[0], true),
                                new JobEdge(
                                        1, 2, 0, null, 3, 1, Kind.KEY_GROUP, new byte[0], true)),
                        Map.of(),
                        List.of());
        assertThat(target.parallelism()).isEqualTo(8);
        Map<String, Integer> readers = new HashMap<>();
        for (int consumer = 0; consumer < 8; consumer++) {
            for (StoredReads.Read first : StoredReads.of(graph, graph.edge(0), consumer)) {
                for (StoredReads.Read second : StoredReads.of(graph, graph.edge(1), consumer)) {
                    assertThat(first.from()).isEqualTo(second.from());
                    assertThat(first.to()).isEqualTo(second.to());
                    for (int range = first.from(); range < first.to(); range++) {
                        String pair = range + ":" + first.producer() + ":" + second.producer();
                        assertThat(readers.put(pair, consumer)).as(pair).isNull();
                    }
                }
            }
        }
        assertThat(readers).hasSize(RANGES * 4 * 3);
        assertThat(StoredReads.of(graph, graph.edge(0), 2))
                .extracting(StoredReads.Read::producer)
                .containsExactly(1, 2);
        assertThat(StoredReads.readersOf(graph, graph.edge(0), 1))
                .containsExactly(0, 2, 4, 5, 6, 7);
        assertThat(StoredReads.readersOf(graph, graph.edge(1), 2))
                .containsExactly(0, 1, 2, 3, 4, 6, 7);
    }

    @Test
    void rangesWithSeveralReadersThatAreNotCutAreRefused() {
        assertThatThrownBy(() -> new Shares(7, List.of(3, 3, 7), List.of(0), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new Shares(
                                        7,
                                        List.of(3, 7),
                                        List.of(0),
                                        List.of(new RangeCut(2, 0, List.of(1, 2)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RangeCut(2, 0, List.of(2, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sharesThatAreNotAllRangesAreRefused() {
        assertThatThrownBy(() -> new Shares(7, List.of(3, 6)))
                .hasMessageContaining("[3, 6] are not 7 ranges");
        assertThatThrownBy(() -> new Shares(7, List.of(3, 3, 7)))
                .hasMessageContaining("has no range");
    }
}
