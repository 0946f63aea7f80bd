package io.millrace.runtime.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavepointDirectoryTest {
    private static final JobId JOB = new JobId(Manifests.JOB);

    @TempDir java.nio.file.Path temp;

    private Path target() {
        return new Path(temp.resolve("savepoints").toUri().toString());
    }

    private String chosen() {
        return SavepointDirectory.choose(target(), JOB, () -> "0123456789ab").toString();
    }

    private static java.nio.file.Path local(String path) {
        return java.nio.file.Path.of(new Path(path).getPath());
    }

    /** The files of one worker; the manifest is not written. */
    private static Manifest written(String path) throws IOException {
        CheckpointDirectory directory = SavepointDirectory.of(path, JOB);
        try (SegmentFile file = new SegmentFile(directory, 3, 42, "w1")) {
            file.append(out -> out.write("state".getBytes(UTF_8)));
            return Manifests.naming(
                    Manifests.JOB, "word count", 3, 42, file.finish().orElseThrow());
        }
    }

    @Test
    void aNewOneIsNamedAfterItsJobAndNothingIsMadeYet() {
        String path = chosen();

        assertThat(path).endsWith("/savepoint-" + Manifests.JOB.substring(0, 6) + "-0123456789ab");
        assertThat(local(path)).doesNotExist();
    }

    @Test
    void whatIsThereIsNotTouched() throws IOException {
        java.nio.file.Path mine = Files.createDirectories(local(chosen()));
        Files.writeString(mine.resolve("mine"), "mine");
        Deque<String> names = new ArrayDeque<>(List.of("0123456789ab", "ba9876543210"));

        Path other = SavepointDirectory.choose(target(), JOB, names::remove);

        assertThat(other.getName()).endsWith("-ba9876543210");
        assertThat(mine.resolve("mine")).hasContent("mine");
    }

    @Test
    void whereEveryNameIsTakenItGivesUpAndSaysSo() throws IOException {
        Files.createDirectories(local(chosen()));

        assertThatThrownBy(this::chosen)
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining("is not touched");
    }

    @Test
    void aTargetThatIsAFileIsRefused() throws IOException {
        Files.writeString(temp.resolve("savepoints"), "a file");

        assertThatThrownBy(this::chosen).hasMessageContaining("which is a file");
    }

    @Test
    void itIsWholeWhenItsManifestIsAtItsPlace() throws IOException {
        String path = chosen();
        Manifest manifest = written(path);
        assertThat(SavepointDirectory.isWhole(path)).isFalse();

        SavepointDirectory.store(path, manifest);

        assertThat(SavepointDirectory.isWhole(path)).isTrue();
        assertThat(SavedCheckpoint.find(new Path(path)).read()).isEqualTo(manifest);
    }

    @Test
    void itIsFoundWhereverItWasMoved() throws IOException {
        String path = chosen();
        SavepointDirectory.store(path, written(path));
        java.nio.file.Path moved = temp.resolve("kept");
        Files.move(local(path), moved);

        SavedCheckpoint found = SavedCheckpoint.find(new Path(moved.toUri().toString()));

        assertThat(found.checkpointId()).isEqualTo(42);
        assertThat(found.readForAnyJob().files())
                .allMatch(file -> file.file().contains("/kept/" + Manifests.JOB + "/3/42/"));
    }

    @Test
    void filesThatWereRemovedMeanwhileAreNamedAndItIsNoSavepoint() throws IOException {
        String path = chosen();
        Manifest manifest = written(path);
        Files.delete(local(path).resolve(Manifests.JOB + "/3/42/w1.seg"));

        assertThatThrownBy(() -> SavepointDirectory.store(path, manifest))
                .hasMessageContaining("CHECKPOINT_FILE_CORRUPT")
                .hasMessageContaining("w1.seg");
        assertThat(SavepointDirectory.isWhole(path)).isFalse();
    }

    /** Its file was begun after somebody had removed the directory. */
    @Test
    void aWriterThatGivesUpLateLeavesNoDirectory() throws IOException {
        String path = chosen();
        CheckpointDirectory directory = SavepointDirectory.of(path, JOB);
        try (SegmentFile other = new SegmentFile(directory, 3, 42, "w2")) {
            other.append(out -> out.write("more".getBytes(UTF_8)));
            try (SegmentFile late = new SegmentFile(directory, 3, 42, "w1")) {
                late.append(out -> out.write("state".getBytes(UTF_8)));
            }
            assertThat(local(path).resolve(Manifests.JOB + "/3/42"))
                    .as("where another one writes")
                    .isNotEmptyDirectory();
        }
        assertThat(temp.resolve("savepoints")).isEmptyDirectory();
    }

    @Test
    void aDirectoryOfAJobsOwnCheckpointsIsNone() throws IOException {
        Path root = new Path(temp.resolve("checkpoints").toUri().toString());
        FileSystem files = FileSystem.getLocalFileSystem();
        CheckpointStore store =
                CheckpointStore.open(
                        new CheckpointDirectory(files, root, JOB),
                        new FilePointerStore(files, new Path(root, "pointers"), 3),
                        3,
                        new JobMarker(Manifests.JOB, "word count", "application_1", 5));
        store.write(Manifests.naming(Manifests.JOB, "word count", 3, 42));

        assertThat(SavepointDirectory.isWhole(root.toString())).isFalse();
    }

    @Test
    void oneThatIsClaimedGoesWithItsName() throws IOException {
        String path = chosen();
        SavepointDirectory.store(path, written(path));

        ClaimedCheckpoint.delete(
                SavedCheckpoint.find(new Path(path)).manifest(),
                new JobId("c".repeat(32)),
                List.of());

        assertThat(local(path)).doesNotExist();
        assertThat(temp.resolve("savepoints")).isEmptyDirectory();
    }
}
