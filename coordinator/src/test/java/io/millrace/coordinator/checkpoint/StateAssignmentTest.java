package io.millrace.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.OperatorSpec.Kind;
import io.millrace.coordinator.JobGraphs;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.KeyGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateAssignmentTest {
    private static final int MAX = 128;

    static Stream<Arguments> parallelisms() {
        return IntStream.rangeClosed(1, 4)
                .boxed()
                .flatMap(
                        old -> IntStream.rangeClosed(1, 4).mapToObj(now -> Arguments.of(old, now)));
    }

    @ParameterizedTest
    @MethodSource("parallelisms")
    void eachKeyGroupIsReadByItsOwnerOnly(int old, int now) {
        OperatorEntry entry =
                entry(old, s -> List.of(keyed("a", s, old), keyed("b", s, old)), s -> List.of());
        TreeMap<String, List<Integer>> owners = new TreeMap<>();
        for (TaskRestore task : restores(entry, now)) {
            int first = KeyGroups.first(task.subtask(), now, MAX);
            int last = KeyGroups.last(task.subtask(), now, MAX);
            for (RestoredPart part : partsOf(task)) {
                assertThat(part.part().firstKeyGroup()).isLessThanOrEqualTo(last);
                assertThat(part.part().lastKeyGroup()).isGreaterThanOrEqualTo(first);
                for (int g = part.part().firstKeyGroup(); g <= part.part().lastKeyGroup(); g++) {
                    if (g >= first && g <= last) {
                        owners.computeIfAbsent(part.part().name() + g, n -> new ArrayList<>())
                                .add(task.subtask());
                    }
                }
            }
        }
        assertThat(owners).hasSize(2 * MAX);
        owners.forEach((group, subtasks) -> assertThat(subtasks).as(group).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("parallelisms")
    void eachItemOfASplitListIsDealtOnceAndInOrder(int old, int now) {
        OperatorEntry entry =
                entry(
                        old,
                        s -> List.of(part(StatePart.Kind.SPLIT_LIST, "splits", 3 * s % 5)),
                        s -> List.of());
        List<String> dealt = new ArrayList<>();
        for (TaskRestore task : restores(entry, now)) {
            for (RestoredPart part : partsOf(task)) {
                for (int item = part.fromItem(); item < part.toItem(); item++) {
                    dealt.add(part.subtask() + ":" + item);
                }
            }
        }
        List<String> all = new ArrayList<>();
        for (int s = 0; s < old; s++) {
            for (int item = 0; item < 3 * s % 5; item++) {
                all.add(s + ":" + item);
            }
        }
        assertThat(dealt).isEqualTo(all);
    }

    @ParameterizedTest
    @MethodSource("parallelisms")
    void splitListsAreDealtEvenlyAtAnotherParallelism(int old, int now) {
        OperatorEntry entry =
                entry(
                        old,
                        s -> List.of(part(StatePart.Kind.SPLIT_LIST, "splits", 12 / old)),
                        s -> List.of());
        for (TaskRestore task : restores(entry, now)) {
            int items = partsOf(task).stream().mapToInt(p -> p.toItem() - p.fromItem()).sum();
            assertThat(items).isEqualTo(12 / now);
        }
    }

    @ParameterizedTest
    @MethodSource("parallelisms")
    void everySubtaskGetsUnionListsWholeAndOneCopyOfBroadcastState(int old, int now) {
        OperatorEntry entry =
                entry(
                        old,
                        s ->
                                List.of(
                                        part(StatePart.Kind.UNION_LIST, "union", s + 1),
                                        part(StatePart.Kind.BROADCAST, "rules", 0)),
                        s -> List.of());
        for (TaskRestore task : restores(entry, now)) {
            List<RestoredPart> parts = partsOf(task);
            assertThat(parts.stream().filter(p -> p.part().name().equals("union")))
                    .extracting(RestoredPart::toItem)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, old).boxed().toList());
            assertThat(parts.stream().filter(p -> p.part().name().equals("rules")))
                    .extracting(RestoredPart::subtask)
                    .containsExactly(task.subtask() % old);
        }
    }

    @ParameterizedTest
    @MethodSource("parallelisms")
    void eachChannelGoesToOneSubtaskAndStaysWhole(int old, int now) {
        OperatorEntry entry =
                entry(
                        old,
                        s -> List.of(),
                        s ->
                                List.of(
                                        part(StatePart.Kind.CHANNEL, "0/0", 1),
                                        part(StatePart.Kind.CHANNEL, "0/1", 2)));
        List<String> channels = new ArrayList<>();
        for (TaskRestore task : restores(entry, now)) {
            for (RestoredPart channel : task.channels()) {
                channels.add(channel.subtask() + ":" + channel.part().name());
                assertThat(channel.toItem()).isEqualTo(channel.part().items());
            }
        }
        assertThat(channels)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, old)
                                .boxed()
                                .flatMap(s -> Stream.of(s + ":0/0", s + ":0/1"))
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("parallelisms")
    void keyedChannelsReachEveryOwnerOfTheirKeyGroups(int old, int now) {
        OperatorEntry entry =
                entry(
                        old,
                        s -> List.of(),
                        s -> List.of(range(StatePart.Kind.CHANNEL, "0", s, old)));
        TreeMap<Integer, Integer> seen = new TreeMap<>();
        for (TaskRestore task : restores(entry, now)) {
            for (RestoredPart channel : task.channels()) {
                int first = KeyGroups.first(task.subtask(), now, MAX);
                int last = KeyGroups.last(task.subtask(), now, MAX);
                for (int g = first; g <= last; g++) {
                    if (g >= channel.part().firstKeyGroup() && g <= channel.part().lastKeyGroup()) {
                        seen.merge(g, 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(seen).hasSize(MAX);
        assertThat(seen.values()).containsOnly(1);
    }

    @Test
    void keyGroupRangesMeetAndAgreeWithTheOwnerOfEachGroup() {
        for (int parallelism = 1; parallelism <= MAX; parallelism++) {
            for (int g = 0; g < MAX; g++) {
                int owner = KeyGroups.subtask(g, parallelism, MAX);
                assertThat(g)
                        .isBetween(
                                KeyGroups.first(owner, parallelism, MAX),
                                KeyGroups.last(owner, parallelism, MAX));
            }
        }
    }

    @Test
    void aFinishedSubtaskIsRestoredAsFinishedAtTheSameParallelism() {
        OperatorEntry entry = withFinished(entry(2, s -> List.of(), s -> List.of()), 1);
        assertThat(restores(entry, 2))
                .extracting(TaskRestore::finished)
                .containsExactly(false, true);
        assertThat(restores(entry, 3)).extracting(TaskRestore::finished).containsOnly(false);
    }

    @Test
    void anOperatorThatHadFinishedAltogetherIsFinishedAtAnyParallelism() {
        OperatorEntry entry =
                withFinished(withFinished(entry(2, s -> List.of(), s -> List.of()), 0), 1);
        assertThat(restores(entry, 3)).extracting(TaskRestore::finished).containsOnly(true);
    }

    @Test
    void refusesUnionStateOfASubtaskThatHadFinished() {
        OperatorEntry entry =
                withFinished(
                        entry(
                                2,
                                s -> List.of(part(StatePart.Kind.UNION_LIST, "offsets", 1)),
                                s -> List.of()),
                        0);
        assertThatThrownBy(() -> restores(entry, 2))
                .hasMessageContaining("CHECKPOINT_INCOMPATIBLE")
                .hasMessageContaining("'counter'")
                .hasMessageContaining("1 of its 2 subtasks");
    }

    @Test
    void refusesAnotherMaximumParallelismIfThereIsKeyedState() {
        OperatorEntry entry = entry(2, s -> List.of(keyed("a", s, 2)), s -> List.of());
        OperatorEntry narrow = new OperatorEntry(entry.id(), entry.name(), 2, 64, entry.subtasks());
        assertThatThrownBy(() -> restores(narrow, 2))
                .hasMessageContaining("CHECKPOINT_INCOMPATIBLE")
                .hasMessageContaining("64")
                .hasMessageContaining("128");
    }

    @Test
    void refusesStateThatNoOperatorClaimsUnlessAllowed() {
        OperatorEntry entry = entry(2, s -> List.of(keyed("a", s, 2)), s -> List.of());
        OperatorEntry stranger = new OperatorEntry("gone", "old counter", 2, MAX, entry.subtasks());
        Manifest manifest = manifest(List.of(stranger), List.of(), List.of());
        JobGraph graph = graph(2);
        assertThatThrownBy(() -> StateAssignment.of(manifest, graph, false))
                .hasMessageContaining("old counter")
                .hasMessageContaining("'gone'")
                .hasMessageContaining("ignore-unclaimed-state");
        assertThat(StateAssignment.of(manifest, graph, true).restores(graph, List.of(1))).isEmpty();
    }

    @Test
    void refusesASourcePositionAndPreparedOutputThatNoOperatorClaims() {
        EnumeratorEntry position = new EnumeratorEntry("gone", 1, new byte[1]);
        CommittableEntry output =
                new CommittableEntry(
                        "gone", new OperatorCommittables(7, 0, 0, 1, List.of(new byte[1])));
        assertThatThrownBy(
                        () ->
                                StateAssignment.of(
                                        manifest(List.of(), List.of(position), List.of()),
                                        graph(1),
                                        false))
                .hasMessageContaining("position of a source");
        assertThatThrownBy(
                        () ->
                                StateAssignment.of(
                                        manifest(List.of(), List.of(), List.of(output)),
                                        graph(1),
                                        false))
                .hasMessageContaining("prepared output");
    }

    @Test
    void refusesTwoOperatorsOfOneUid() {
        JobGraph graph =
                JobGraphs.job(1)
                        .vertexWithUid(1, "same", Kind.SOURCE)
                        .vertexWithUid(1, "same", Kind.SINK)
                        .build();
        assertThatThrownBy(() -> OperatorIds.of(graph))
                .hasMessageContaining("CHECKPOINT_INCOMPATIBLE")
                .hasMessageContaining("'same'");
    }

    @Test
    void committablesGoToWhereTheirSinkIsNow() {
        JobGraph graph =
                JobGraphs.job(1)
                        .vertex(1, Kind.SOURCE)
                        .vertexWithUid(2, "out", Kind.MAP, Kind.SINK)
                        .build();
        CommittableEntry output =
                new CommittableEntry(
                        "out-1", new OperatorCommittables(7, 0, 5, 3, List.of(new byte[1])));
        List<CommittableEntry> moved =
                StateAssignment.of(manifest(List.of(), List.of(), List.of(output)), graph, false)
                        .committables();
        assertThat(moved).hasSize(1);
        assertThat(moved.get(0).committables().vertexId()).isEqualTo(2);
        assertThat(moved.get(0).committables().operatorIndex()).isEqualTo(1);
        assertThat(moved.get(0).committables().subtask()).isEqualTo(5);
    }

    private interface PartsOf {
        List<StatePart> of(int subtask);
    }

    private static OperatorEntry entry(int parallelism, PartsOf parts, PartsOf channels) {
        List<SubtaskEntry> subtasks = new ArrayList<>();
        for (int s = 0; s < parallelism; s++) {
            subtasks.add(new SubtaskEntry(false, parts.of(s), channels.of(s)));
        }
        return new OperatorEntry("counting", "counter", parallelism, MAX, subtasks);
    }

    private static OperatorEntry withFinished(OperatorEntry entry, int subtask) {
        List<SubtaskEntry> subtasks = new ArrayList<>(entry.subtasks());
        subtasks.set(subtask, new SubtaskEntry(true, List.of(), List.of()));
        return new OperatorEntry(
                entry.id(), entry.name(), entry.parallelism(), entry.maxParallelism(), subtasks);
    }

    private static StatePart keyed(String name, int subtask, int parallelism) {
        return range(StatePart.Kind.KEYED, name, subtask, parallelism);
    }

    private static StatePart range(StatePart.Kind kind, String name, int subtask, int parallelism) {
        return new StatePart(
                kind,
                name,
                "toy/1",
                KeyGroups.first(subtask, parallelism, MAX),
                KeyGroups.last(subtask, parallelism, MAX),
                0,
                new byte[0],
                List.of());
    }

    private static StatePart part(StatePart.Kind kind, String name, int items) {
        return new StatePart(kind, name, "toy/1", 0, -1, items, new byte[0], List.of());
    }

    private static JobGraph graph(int parallelism) {
        return JobGraphs.job(1).vertexWithUid(parallelism, "counting", Kind.MAP).build();
    }

    private static Manifest manifest(
            List<OperatorEntry> operators,
            List<EnumeratorEntry> enumerators,
            List<CommittableEntry> committables) {
        return new Manifest(
                "job",
                "old job",
                1,
                7,
                0,
                CheckpointKind.INCREMENTAL,
                operators,
                enumerators,
                committables,
                List.of());
    }

    private static List<TaskRestore> restores(OperatorEntry entry, int parallelism) {
        JobGraph graph = graph(parallelism);
        return StateAssignment.of(manifest(List.of(entry), List.of(), List.of()), graph, false)
                .restores(graph, List.of(1));
    }

    private static List<RestoredPart> partsOf(TaskRestore task) {
        return task.operators().stream().flatMap(o -> o.parts().stream()).toList();
    }
}
