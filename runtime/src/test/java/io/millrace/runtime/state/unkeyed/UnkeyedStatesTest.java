package io.millrace.runtime.state.unkeyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.MemorySegments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UnkeyedStatesTest {
    private final MemorySegments segments = new MemorySegments();
    private int files;

    private UnkeyedStates states(List<RestoredPart> restored) {
        return new UnkeyedStates(
                "op", new JobSerializers(getClass().getClassLoader()), restored, segments, 0, 2);
    }

    /** What a checkpoint has of the states, each part whole. */
    private List<RestoredPart> saved(UnkeyedStates states) throws IOException {
        Turn turn = new Turn();
        states.snapshot(turn);
        List<StatePart> parts = new ArrayList<>(turn.parts);
        SegmentOutput file = segments.file("file " + files++);
        for (FrozenState frozen : turn.later) {
            parts.addAll(frozen.writeTo(file));
            frozen.close();
        }
        return parts.stream().map(part -> new RestoredPart(part, 0, 0, part.items())).toList();
    }

    private static final class Turn implements SnapshotTurn {
        private final List<StatePart> parts = new ArrayList<>();
        private final List<FrozenState> later = new ArrayList<>();

        @Override
        public long checkpointId() {
            return 1;
        }

        @Override
        public long timestampMs() {
            return 0;
        }

        @Override
        public CheckpointKind kind() {
            return CheckpointKind.FULL;
        }

        @Override
        public void add(StatePart part) {
            parts.add(part);
        }

        @Override
        public void addLater(FrozenState frozen) {
            later.add(frozen);
        }

        @Override
        public void add(OperatorCommittables committables) {
            throw new AssertionError("states commit nothing");
        }
    }

    private static <T> ListStateDescriptor<T> named(String name, TypeInformation<T> type) {
        return new ListStateDescriptor<>(name, type);
    }

    @Test
    void listsAndMapsComeBackAsTheyWere() throws Exception {
        UnkeyedStates before = states(List.of());
        before.getListState(named("few", Types.STRING)).update(List.of("a", "b"));
        List<Long> numbers = LongStream.range(0, 5000).boxed().toList();
        before.getUnionListState(named("many", Types.LONG)).update(numbers);
        BroadcastState<String, Long> rules =
                before.getBroadcastState(
                        new MapStateDescriptor<>("rules", Types.STRING, Types.LONG));
        rules.put("one", 1L);
        rules.put("none", null);

        UnkeyedStates after = states(saved(before));

        assertThat(after.getListState(named("few", Types.STRING)).get()).containsExactly("a", "b");
        assertThat(after.getUnionListState(named("many", Types.LONG)).get())
                .containsExactlyElementsOf(numbers);
        BroadcastState<String, Long> again =
                after.getBroadcastState(
                        new MapStateDescriptor<>("rules", Types.STRING, Types.LONG));
        assertThat(again.get("one")).isEqualTo(1L);
        assertThat(again.contains("none")).isTrue();
        assertThat(again.get("none")).isNull();
    }

    @Test
    void whatIsFrozenDoesNotChangeAnyMore() throws Exception {
        UnkeyedStates before = states(List.of());
        before.getListState(named("many", Types.LONG))
                .update(LongStream.range(0, 5000).boxed().toList());
        Turn turn = new Turn();
        before.snapshot(turn);

        before.getListState(named("many", Types.LONG)).clear();

        StatePart part = turn.later.get(0).writeTo(segments.file("file")).get(0);
        assertThat(part.items()).isEqualTo(5000);
        UnkeyedStates after = states(List.of(new RestoredPart(part, 0, 0, 5000)));
        assertThat(after.getListState(named("many", Types.LONG)).get()).hasSize(5000);
    }

    @Test
    void aSubtaskTakesItsItemsOnly() throws Exception {
        UnkeyedStates before = states(List.of());
        before.getListState(named("list", Types.LONG)).update(List.of(1L, 2L, 3L, 4L));
        StatePart part = saved(before).get(0).part();

        UnkeyedStates after = states(List.of(new RestoredPart(part, 0, 1, 3)));

        assertThat(after.getListState(named("list", Types.LONG)).get()).containsExactly(2L, 3L);
    }

    @Test
    void aStateThatNobodyAsksForIsHandedOn() throws Exception {
        UnkeyedStates before = states(List.of());
        before.getListState(named("old", Types.LONG)).update(List.of(1L, 2L, 3L));
        StatePart part = saved(before).get(0).part();

        UnkeyedStates between = states(List.of(new RestoredPart(part, 0, 1, 3)));
        assertThat(between.getRegisteredStateNames()).containsExactly("old");
        UnkeyedStates after = states(saved(between));

        assertThat(after.getListState(named("old", Types.LONG)).get()).containsExactly(2L, 3L);
    }

    @Test
    void oneSubtaskHandsOnAUnionThatNobodyAsksFor() throws Exception {
        UnkeyedStates before = states(List.of());
        before.getUnionListState(named("old", Types.LONG)).update(List.of(1L));
        StatePart part = saved(before).get(0).part();

        List<RestoredPart> ofAll =
                List.of(new RestoredPart(part, 0, 0, 1), new RestoredPart(part, 1, 0, 1));

        assertThat(saved(states(ofAll))).as("the other subtask has the other").hasSize(1);
    }

    @Test
    void anotherTypeIsRefusedByTheNamesOfOperatorAndState() throws Exception {
        UnkeyedStates before = states(List.of());
        before.getListState(named("list", Types.STRING)).update(List.of("a"));
        UnkeyedStates after = states(saved(before));

        assertThatThrownBy(() -> after.getListState(named("list", Types.LONG)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("'list'")
                .hasMessageContaining("'op'")
                .extracting(e -> ((MillraceException) e).code())
                .isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE);
    }

    @Test
    void anotherKindIsRefused() throws Exception {
        UnkeyedStates before = states(List.of());
        before.getListState(named("list", Types.LONG)).update(List.of(1L));
        UnkeyedStates after = states(saved(before));

        assertThatThrownBy(() -> after.getUnionListState(named("list", Types.LONG)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("SPLIT_LIST");
    }

    @Test
    void bytesThatAreNoItemsAreNamed() throws Exception {
        UnkeyedStates before = states(List.of());
        before.getListState(named("list", Types.LONG)).update(List.of(1L));
        StatePart part = saved(before).get(0).part();
        StatePart damaged =
                new StatePart(
                        part.kind(),
                        part.name(),
                        part.form(),
                        0,
                        -1,
                        part.items(),
                        part.description(),
                        List.of(new Piece.Inline(new byte[] {127})));

        UnkeyedStates after = states(List.of(new RestoredPart(damaged, 0, 0, 1)));

        assertThatThrownBy(() -> after.getListState(named("list", Types.LONG)))
                .isInstanceOf(MillraceException.class)
                .extracting(e -> ((MillraceException) e).code())
                .isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT);
    }
}
