package io.millrace.runtime.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.testing.FaultyFileSystem;
import io.millrace.runtime.testing.FaultyFileSystem.Operation;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    private static final String OTHER = "f".repeat(32);

    @TempDir java.nio.file.Path temp;
    private final FaultyFileSystem files = new FaultyFileSystem(FileSystem.getLocalFileSystem());

    private CheckpointStore open(String jobId, long epoch, String owner) {
        Path root = new Path(temp.toUri().toString());
        return CheckpointStore.open(
                new CheckpointDirectory(files, root, new JobId(jobId)),
                new FilePointerStore(files, new Path(root, "pointers"), epoch),
                epoch,
                new JobMarker(jobId, "word count", owner, 5));
    }

    private CheckpointStore open() {
        return open(Manifests.JOB, 1, "application_1");
    }

    private java.nio.file.Path file(String name) {
        return temp.resolve(Manifests.JOB).resolve(name);
    }

    private static StoredFile writeSegments(CheckpointStore store, long epoch, long id)
            throws IOException {
        try (SegmentFile file = new SegmentFile(store.directory(), epoch, id, "w1")) {
            file.append(out -> out.write(("state of " + id).getBytes(UTF_8)));
            return file.finish().orElseThrow();
        }
    }

    private static Manifest manifest(long epoch, long id, StoredFile... named) {
        return Manifests.naming(Manifests.JOB, "word count", epoch, id, named);
    }

    private static Pointer pointer(List<CheckpointRecord> retained) {
        return new Pointer(
                Manifests.JOB,
                "word count",
                "file:/c",
                retained.get(retained.size() - 1).checkpointId(),
                retained);
    }

    /** A checkpoint with one file, all the way. */
    private static CheckpointRecord complete(CheckpointStore store, long epoch, long id)
            throws IOException {
        CheckpointRecord record = store.write(manifest(epoch, id, writeSegments(store, epoch, id)));
        store.publish(pointer(List.of(record)));
        return record;
    }

    private void failAt(Operation failing, IOException error) {
        files.set(
                new FaultyFileSystem.Faults() {
                    @Override
                    public void before(Operation operation, Path path) throws IOException {
                        if (operation == failing && path.toString().contains(Manifests.JOB)) {
                            throw error;
                        }
                    }
                });
    }

    private static void assertCode(ErrorCode code, Runnable body, String... parts) {
        assertThatThrownBy(body::run)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(parts);
    }

    @Test
    void aCheckpointThatThePointerNamesIsReadByTheNextLeader() throws IOException {
        CheckpointStore store = open();
        assertThat(store.pointer()).isNull();
        StoredFile written = writeSegments(store, 1, 7);
        CheckpointRecord record = store.write(manifest(1, 7, written));
        store.publish(pointer(List.of(record)));

        CheckpointStore next = open(Manifests.JOB, 2, "application_1");

        assertThat(next.pointer().retained()).containsExactly(record);
        assertThat(next.read(record)).usingRecursiveComparison().isEqualTo(manifest(1, 7, written));
    }

    @Test
    void aDirectoryThatIsAFileIsNamed() throws IOException {
        Files.writeString(temp.resolve("taken"), "x");
        Path root = new Path(temp.resolve("taken").toUri().toString());

        assertCode(
                ErrorCode.INVALID_OPTION,
                () ->
                        CheckpointStore.open(
                                new CheckpointDirectory(files, root, new JobId(Manifests.JOB)),
                                new FilePointerStore(files, root, 1),
                                1,
                                new JobMarker(Manifests.JOB, "job", "app", 0)),
                "taken, which is a file");
    }

    @Test
    void aDirectoryThatMayNotBeWrittenIsNamedBeforeTheJobRuns() {
        failAt(Operation.MAKE_DIRECTORY, new AccessDeniedException("/c", null, "mode 0555"));

        assertCode(
                ErrorCode.PERMISSION_DENIED,
                this::open,
                "prepare the directory of checkpoints",
                Manifests.JOB);
    }

    @Test
    void aDirectoryOfAnotherApplicationIsRefused() {
        open();

        assertCode(
                ErrorCode.INVALID_OPTION,
                () -> open(Manifests.JOB, 1, "application_2"),
                "is used by job " + Manifests.JOB + " ('word count') of application_1",
                "Name another directory");
    }

    @Test
    void theNextAttemptOfTheApplicationOpensItsOwnDirectory() {
        open();

        assertThatCode(() -> open(Manifests.JOB, 2, "application_1")).doesNotThrowAnyException();
    }

    @Test
    void twoJobsShareTheRoot() throws IOException {
        complete(open(), 1, 1);

        assertThatCode(() -> open(OTHER, 1, "application_2")).doesNotThrowAnyException();
    }

    @Test
    void afterACrashWhileTheDirectoryWasMarkedItIsMarkedAgain() throws IOException {
        Files.createDirectories(file(""));
        Files.write(file("job.new"), new byte[] {1, 2});

        assertThatCode(this::open).doesNotThrowAnyException();
    }

    @Test
    void aFullFileSystemFailsTheCheckpointAndTheNextOneSucceeds() throws IOException {
        CheckpointStore store = open();
        complete(store, 1, 1);
        long part = EpochParts.of(1, 2);
        StoredFile written = writeSegments(store, part, 2);
        failAt(Operation.WRITE, new IOException("No space left on device"));

        assertCode(
                ErrorCode.STORAGE_FAILED,
                () -> store.write(manifest(part, 2, written)),
                "manifest of checkpoint 2",
                "No space left on device");

        files.set(new FaultyFileSystem.Faults() {});
        store.abort(2);
        assertThat(file(part + "/2")).doesNotExist();
        complete(store, 1, 3);
        assertThat(open().pointer().retained()).hasSize(1);
    }

    private void removeTree(java.nio.file.Path directory) throws IOException {
        try (Stream<java.nio.file.Path> tree = Files.walk(directory)) {
            for (java.nio.file.Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void aDirectoryThatWasRemovedFailsWhatNeedsItAndTheNextFullCheckpointIsWhole()
            throws IOException {
        CheckpointStore store = open();
        store.write(manifest(1, 1, writeSegments(store, 1, 1)));
        StoredFile first = new StoredFile("1/1/w1.seg", 54);
        removeTree(temp.resolve(Manifests.JOB));

        StoredFile second = writeSegments(store, 1, 2);
        assertCode(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                () -> store.write(manifest(1, 2, first, second)),
                "was removed while the job ran",
                "the next one is written whole");

        CheckpointRecord third = complete(store, 1, 3);
        assertThat(open().read(third).checkpointId()).isEqualTo(3);
    }

    /** What was deleted was there, so nobody looked; what is deleted next is not. */
    @Test
    void aDirectoryThatWasRemovedShowsWhenAnOldCheckpointIsDeleted() throws IOException {
        CheckpointStore store = open();
        complete(store, 1, 1);
        complete(store, 1, 2);
        StoredFile old = writeSegments(store, 1, 3);
        store.write(manifest(1, 3, old));
        store.delete(new Garbage(List.of("1/1"), List.of()));
        removeTree(temp.resolve(Manifests.JOB));

        store.write(manifest(1, 4, old, writeSegments(store, 1, 4)));
        store.delete(new Garbage(List.of("1/2"), List.of()));

        StoredFile next = writeSegments(store, 1, 5);
        assertCode(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                () -> store.write(manifest(1, 5, old, next)),
                "was removed while the job ran");
    }

    /** A look every four checkpoints, unless something is deleted. */
    @Test
    void aDirectoryThatWasRemovedShowsAfterFourCheckpointsAtMost() throws IOException {
        CheckpointStore store = open();
        StoredFile old = writeSegments(store, 1, 1);
        store.write(manifest(1, 1, old));
        store.write(manifest(1, 2, old, writeSegments(store, 1, 2))); // somebody looks
        removeTree(temp.resolve(Manifests.JOB));

        for (int id = 3; id < 2 + CheckpointStore.MOST_UNSEEN; id++) {
            store.write(manifest(1, id, old, writeSegments(store, 1, id)));
        }
        StoredFile next = writeSegments(store, 1, 6);
        assertCode(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                () -> store.write(manifest(1, 6, old, next)),
                "was removed while the job ran");
    }

    @Test
    void aPartOfAnEpochGoesAsAWholeAndItsManifestsFirst() throws IOException {
        CheckpointStore store = open();
        long part = EpochParts.of(1, 1);
        complete(store, part, 1);
        complete(store, part, 2);
        complete(store, EpochParts.of(1, 8), 8);
        failAt(Operation.DELETE, new IOException("lease"));
        store.delete(new Garbage(List.of(String.valueOf(part)), List.of()));
        assertThat(file(part + "/1/manifest")).as("nothing can be deleted").exists();

        files.set(
                new FaultyFileSystem.Faults() {
                    @Override
                    public void before(Operation operation, Path path) throws IOException {
                        if (operation == Operation.DELETE && path.getName().equals("" + part)) {
                            throw new IOException("lease");
                        }
                    }
                });
        store.delete(new Garbage(List.of(String.valueOf(part)), List.of()));
        assertThat(file(part + "/1/manifest")).doesNotExist();
        assertThat(file(part + "/2/manifest")).doesNotExist();
        assertThat(file(part + "/1/w1.seg")).exists();

        files.set(new FaultyFileSystem.Faults() {});
        store.delete(new Garbage(List.of(String.valueOf(part)), List.of()));
        assertThat(file(String.valueOf(part))).doesNotExist();
        assertThat(file(EpochParts.of(1, 8) + "/8/manifest")).exists();
    }

    /** What a leader of an older release has left, and what it retains. */
    @Test
    void directoriesThatAnOlderReleaseNamedByTheirEpochAloneStayOrGo() throws IOException {
        CheckpointStore before = open();
        CheckpointRecord kept = complete(before, 1, 41);
        complete(before, 1, 40);
        complete(before, 1, 42); // which no pointer names
        CheckpointStore next = open(Manifests.JOB, 2, "application_1");
        Manifest old = next.read(kept);

        next.deleteOrphans(List.of(CheckpointFiles.of(old)));

        assertThat(file("1/40")).doesNotExist();
        assertThat(file("1/42")).doesNotExist();
        assertThat(next.read(kept)).isEqualTo(old);
        complete(next, EpochParts.of(2, 43), 43);
        next.deleteOrphans(List.of(CheckpointFiles.of(old)));
        assertThat(file(EpochParts.of(2, 43) + "/43")).as("may be under way").exists();
    }

    @Test
    void aMissingManifestIsNamed() throws IOException {
        CheckpointStore store = open();
        CheckpointRecord record = complete(store, 1, 7);
        Files.delete(file("1/7/manifest"));

        assertCode(ErrorCode.CHECKPOINT_FILE_CORRUPT, () -> store.read(record), "is missing");
    }

    @Test
    void aManifestThatIsNotWhatThePointerSaysIsNamed() throws IOException {
        CheckpointStore store = open();
        CheckpointRecord record = complete(store, 1, 7);
        // whole and of this very checkpoint, but not the one that was completed
        Files.write(file("1/7/manifest"), ManifestCodec.encode(manifest(1, 7)));

        assertCode(ErrorCode.CHECKPOINT_FILE_CORRUPT, () -> store.read(record), "the pointer says");
    }

    @Test
    void theManifestOfAnotherJobInItsPlaceIsNamed() throws IOException {
        complete(open(), 1, 7);
        CheckpointStore other = open(OTHER, 1, "application_2");
        CheckpointRecord foreign = other.write(Manifests.naming(OTHER, "other", 1, 7));
        Files.move(
                temp.resolve(OTHER + "/1/7/manifest"),
                file("1/7/manifest"),
                StandardCopyOption.REPLACE_EXISTING);

        assertCode(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                () -> open().read(foreign),
                "of job " + OTHER + ": it is at the wrong place");
    }

    @Test
    void everyFlippedByteOfAManifestIsNoticed() throws IOException {
        CheckpointStore store = open();
        CheckpointRecord record = complete(store, 1, 7);
        byte[] good = Files.readAllBytes(file("1/7/manifest"));
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 0x10;
            Files.write(file("1/7/manifest"), flipped);
            assertThatThrownBy(() -> store.read(record))
                    .as("byte %d of %d", at, good.length)
                    .isInstanceOf(MillraceException.class);
        }
    }

    @Test
    void whatIsReleasedIsDeletedAndNothingElse() throws IOException {
        CheckpointStore store = open();
        StoredFile first = writeSegments(store, 1, 1);
        StoredFile second = writeSegments(store, 1, 2);
        StoredFile third = writeSegments(store, 1, 3);
        List<CheckpointFiles> all = new ArrayList<>();
        List<CheckpointRecord> records = new ArrayList<>();
        for (Manifest one :
                List.of(
                        manifest(1, 1, first),
                        manifest(1, 2, first, second),
                        manifest(1, 3, second, third))) {
            records.add(store.write(one));
            store.publish(pointer(records));
            all.add(CheckpointFiles.of(one));
        }

        store.publish(pointer(records.subList(1, 3)));
        store.delete(Garbage.released(all.subList(0, 1), all.subList(1, 3)));
        assertThat(file("1/1/w1.seg")).exists();

        store.publish(pointer(records.subList(2, 3)));
        store.delete(Garbage.released(all.subList(1, 2), all.subList(2, 3)));
        assertThat(file("1/1")).doesNotExist();
        assertThat(file("1/2/w1.seg")).exists();
        assertThat(store.read(records.get(2)).checkpointId()).isEqualTo(3);
    }

    @Test
    void whatCannotBeDeletedDoesNoHarm() throws IOException {
        CheckpointStore store = open();
        complete(store, 1, 1);
        failAt(Operation.DELETE, new IOException("lease"));

        assertThatCode(() -> store.delete(new Garbage(List.of("1/1"), List.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void aJobThatEndedForGoodLeavesNothing() throws IOException {
        CheckpointStore store = open();
        complete(store, 1, 1);

        store.deleteAll();

        assertThat(file("")).doesNotExist();
        assertThat(open().pointer()).isNull();
    }
}
