package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three jobs: the first has ended, the second has claimed its checkpoint, the third began there.
 */
class ClaimedCheckpointTest {
    private static final String FIRST = "a".repeat(32);
    private static final JobId SECOND = new JobId("b".repeat(32));
    private static final String THIRD = "c".repeat(32);

    @TempDir private java.nio.file.Path temp;

    private java.nio.file.Path root(String name) {
        return temp.resolve(name);
    }

    private static Path path(java.nio.file.Path local) {
        return new Path(local.toUri().toString());
    }

    /** A complete checkpoint of a job, which needs files of these names; its own are made. */
    private SavedCheckpoint complete(String root, String job, long id, String... names)
            throws IOException {
        Path directory = path(root(root));
        FileSystem files = FileSystem.getLocalFileSystem();
        CheckpointStore store =
                CheckpointStore.open(
                        new CheckpointDirectory(files, directory, new JobId(job)),
                        new FilePointerStore(files, new Path(directory, "pointers"), 1),
                        1,
                        new JobMarker(job, "word count", "application_1", 5));
        List<StoredFile> stored = new ArrayList<>();
        for (String name : names) {
            stored.add(new StoredFile(name, 10));
            if (CheckpointDirectory.isRelative(name)) {
                java.nio.file.Path file = root(root).resolve(job).resolve(name);
                Files.createDirectories(file.getParent());
                Files.write(file, new byte[10]);
            }
        }
        store.write(Manifests.naming(job, "word count", 1, id, stored.toArray(StoredFile[]::new)));
        return SavedCheckpoint.at(new Path(directory, job + "/1/" + id));
    }

    private String absolute(String root, String name) {
        return path(root(root).resolve(FIRST).resolve(name)).toString();
    }

    private java.nio.file.Path file(String name) {
        return root("one").resolve(FIRST).resolve(name);
    }

    @Test
    void filesThatAnotherJobBesideItNeedsStay() throws IOException {
        SavedCheckpoint claimed = complete("one", FIRST, 5, "1/4/w1.seg", "1/5/w1.seg");
        complete("one", THIRD, 6, absolute("one", "1/4/w1.seg"), "1/6/w1.seg");

        assertThat(ClaimedCheckpoint.delete(claimed.path(), SECOND, List.of())).isTrue();

        assertThat(file("1/4/w1.seg")).exists();
        assertThat(file("1/5")).doesNotExist();
    }

    @Test
    void filesThatAJobNeedsWhoseCheckpointsLieElsewhereStayIfThatIsLookedAt() throws IOException {
        SavedCheckpoint claimed = complete("one", FIRST, 5, "1/5/w1.seg", "1/5/w2.seg");
        complete("two", THIRD, 6, absolute("one", "1/5/w2.seg"));

        assertThat(ClaimedCheckpoint.delete(claimed.path(), SECOND, List.of(path(root("two")))))
                .isTrue();

        assertThat(file("1/5/w2.seg")).exists();
        assertThat(file("1/5/manifest")).as("it is no checkpoint any more").doesNotExist();
    }

    @Test
    void whatTheClaimingJobItselfHasNamedDoesNotCount() throws IOException {
        SavedCheckpoint claimed = complete("one", FIRST, 5, "1/5/w1.seg");
        complete("one", SECOND.hex(), 6, absolute("one", "1/5/w1.seg"));

        assertThat(ClaimedCheckpoint.delete(claimed.path(), SECOND, List.of())).isTrue();

        assertThat(root("one").resolve(FIRST)).doesNotExist();
    }

    @Test
    void nothingIsRemovedWhileNobodyKnowsWhatAnotherJobNeeds() throws IOException {
        SavedCheckpoint claimed = complete("one", FIRST, 5, "1/5/w1.seg");
        SavedCheckpoint other = complete("one", THIRD, 6, "1/6/w1.seg");
        byte[] bytes = Files.readAllBytes(java.nio.file.Path.of(other.manifest().getPath()));
        bytes[bytes.length / 2] ^= 1;
        Files.write(java.nio.file.Path.of(other.manifest().getPath()), bytes);

        assertThatThrownBy(() -> ClaimedCheckpoint.delete(claimed.path(), SECOND, List.of()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("CHECKPOINT_FILE_CORRUPT")
                .hasMessageContaining(other.path().toString())
                .hasMessageContaining("what that one needs is not known");

        assertThat(file("1/5/w1.seg")).exists();
        assertThat(file("1/5/manifest")).exists();
    }
}
