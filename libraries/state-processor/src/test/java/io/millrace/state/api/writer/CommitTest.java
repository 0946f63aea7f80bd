package io.millrace.state.api.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple3;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.state.api.saved.SavedState;
import io.millrace.testutils.operator.OneInputStreamOperatorTestHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last step of writing a savepoint, and attempts that end around it. */
class CommitTest {
    private static final String JOB = "0".repeat(31) + "b";

    @TempDir private Path directory;

    private Target target() {
        return new Target(directory.resolve("savepoint").toUri().toString(), JOB, 7);
    }

    private Manifest frame(int subtasks) {
        return new Manifest(
                JOB,
                "job",
                Target.EPOCH,
                7,
                1000,
                CheckpointKind.FULL,
                List.of(new OperatorEntry("uid", "name", subtasks, 16, List.of())),
                List.of(),
                List.of(),
                List.of());
    }

    /** A subtask that has written a byte. */
    private Tuple3<Integer, Integer, byte[]> written(int subtask) throws Exception {
        try (SubtaskFile file = new SubtaskFile(target())) {
            SegmentRef ref = file.segments().append(out -> out.write(subtask));
            StatePart part =
                    new StatePart(
                            StatePart.Kind.SPLIT_LIST,
                            "list",
                            "items/1",
                            0,
                            -1,
                            0,
                            new byte[0],
                            List.of(new Piece.Stored(ref, 0, 0)));
            return file.finish(0, subtask, new SubtaskEntry(false, List.of(part), List.of()));
        }
    }

    private void commit(List<Tuple3<Integer, Integer, byte[]>> subtasks) throws Exception {
        try (var harness =
                new OneInputStreamOperatorTestHarness<>(new Commit(target(), frame(2)))) {
            harness.open();
            for (Tuple3<Integer, Integer, byte[]> subtask : subtasks) {
                harness.processElement(subtask);
            }
            harness.endInput();
        }
    }

    private List<String> files() throws Exception {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void filesOfAttemptsThatFailedAreRemoved() throws Exception {
        written(0);
        Tuple3<Integer, Integer, byte[]> first = written(0);
        Tuple3<Integer, Integer, byte[]> second = written(1);
        assertThat(files()).hasSize(3);
        assertThat(SavepointDirectory.isWhole(target().path())).isFalse();

        commit(List.of(second, first));

        assertThat(files()).hasSize(3).contains("manifest");
        SavedState saved = SavedState.open(target().path());
        assertThat(saved.manifest().files()).hasSize(2);
        assertThat(saved.operator("uid").parts(StatePart.Kind.SPLIT_LIST))
                .extracting(part -> part.subtask())
                .containsExactly(0, 1);
    }

    @Test
    void anAttemptBehindTheLastStepChangesNothing() throws Exception {
        commit(List.of(written(0), written(1)));
        List<String> before = files();

        commit(List.of(written(0), written(1)));

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aSubtaskThatIsMissingLeavesNoSavepoint() throws Exception {
        Tuple3<Integer, Integer, byte[]> only = written(0);

        assertThatThrownBy(() -> commit(List.of(only)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("of operator 'uid' 1 subtasks have come, of 2");
        assertThat(SavepointDirectory.isWhole(target().path())).isFalse();
    }
}
