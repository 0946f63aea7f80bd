package io.millrace.runtime.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.JobCheckpoints.State;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints as tools see them: without a pointer and without a job. */
class SavedCheckpointTest {
    private static final long LATER = Long.MAX_VALUE;

    @TempDir java.nio.file.Path temp;
    private CheckpointStore store;
    private final List<CheckpointRecord> records = new ArrayList<>();

    @BeforeEach
    void open() {
        store = open(2);
    }

    private CheckpointStore open(long epoch) {
        Path root = root();
        FileSystem files = FileSystem.getLocalFileSystem();
        return CheckpointStore.open(
                new CheckpointDirectory(files, root, new JobId(Manifests.JOB)),
                new FilePointerStore(files, new Path(root, "pointers"), epoch),
                epoch,
                new JobMarker(Manifests.JOB, "word count", "application_1", 5));
    }

    private Path root() {
        return new Path("file:" + temp);
    }

    private java.nio.file.Path file(String name) {
        return temp.resolve(Manifests.JOB).resolve(name);
    }

    /** Two segments in a file of its own, and those of {@code shared}. */
    private Manifest write(long id, Manifest... shared) throws IOException {
        return write(id, 0, shared);
    }

    /**
     * @param mostHeld so many bytes of state lie in the manifest
     */
    private Manifest write(long id, int mostHeld, Manifest... shared) throws IOException {
        List<SegmentRef> segments = new ArrayList<>();
        List<StoredFile> files = new ArrayList<>();
        for (Manifest one : shared) {
            one.segments().forEach(segments::add);
            files.addAll(one.files());
        }
        try (SegmentFile file =
                new SegmentFile(store.directory(), 2, id, "w1", LocalCopies.NONE, mostHeld)) {
            segments.add(file.append(out -> out.write(("counts of " + id).getBytes(UTF_8))));
            segments.add(file.append(out -> out.write(("timers of " + id).getBytes(UTF_8))));
            files.add(file.finish().orElseThrow());
        }
        StatePart part =
                new StatePart(
                        StatePart.Kind.KEYED,
                        "counts",
                        "tables/1",
                        0,
                        127,
                        0,
                        new byte[0],
                        segments.stream()
                                .map(one -> (Piece) new Piece.Stored(one, 0, 127))
                                .toList());
        Manifest manifest =
                new Manifest(
                        Manifests.JOB,
                        "word count",
                        2,
                        id,
                        1000 + id,
                        CheckpointKind.INCREMENTAL,
                        List.of(
                                new OperatorEntry(
                                        "counter",
                                        "Count",
                                        1,
                                        128,
                                        List.of(
                                                new SubtaskEntry(
                                                        false, List.of(part), List.of())))),
                        List.of(),
                        List.of(),
                        files);
        records.add(store.write(manifest));
        return manifest;
    }

    private Manifest complete(long id, Manifest... shared) throws IOException {
        Manifest manifest = write(id, shared);
        store.publish(new Pointer(Manifests.JOB, "word count", root().toString(), id, records));
        return manifest;
    }

    private SavedCheckpoint at(String path) {
        return SavedCheckpoint.at(new Path(root(), path));
    }

    private static List<String> verify(SavedCheckpoint checkpoint) {
        return Verification.of(checkpoint.directory(), checkpoint.read(), Verification.Pace.FULL)
                .damages();
    }

    @Test
    void isFoundByItsDirectoryAndByItsManifest() throws IOException {
        Manifest written = complete(7);

        for (String path : List.of("/2/7", "/2/7/manifest")) {
            assertThat(at(Manifests.JOB + path).read())
                    .usingRecursiveComparison()
                    .isEqualTo(written);
        }
    }

    @Test
    void isFoundAfterItsJobsDirectoryHasMoved() throws IOException {
        complete(7);
        Files.createDirectories(temp.resolve("backup"));
        Files.move(temp.resolve(Manifests.JOB), temp.resolve("backup/" + Manifests.JOB));

        assertThat(verify(at("backup/" + Manifests.JOB + "/2/7"))).isEmpty();
    }

    @Test
    void aPathOfSomethingElseSaysWhatAPathLooksLike() {
        for (String path : List.of("", Manifests.JOB, Manifests.JOB + "/2", "a/b/c", "2/7")) {
            assertThatThrownBy(() -> at(path.isEmpty() ? "." : path))
                    .hasMessageStartingWith("CHECKPOINT_NOT_FOUND: ")
                    .hasMessageContaining("<job id>/<epoch>/<checkpoint id>");
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> at(Manifests.JOB + "/2/8").read())
                .hasMessageStartingWith("CHECKPOINT_NOT_FOUND: there is no checkpoint at")
                .hasMessageContaining("millrace checkpoint list");
    }

    @Test
    void anotherJobReadsItByAbsoluteNames() throws IOException {
        complete(7);

        Manifest manifest = at(Manifests.JOB + "/2/7").readForAnyJob();

        CheckpointDirectory other =
                new CheckpointDirectory(
                        FileSystem.getLocalFileSystem(),
                        new Path("file:///elsewhere"),
                        new JobId("f".repeat(32)));
        StoredSegments segments = new StoredSegments(other);
        List<String> read = new ArrayList<>();
        for (SegmentRef segment : manifest.segments().toList()) {
            try (InputStream in = segments.open(segment)) {
                read.add(new String(in.readAllBytes(), UTF_8));
            }
        }
        assertThat(read).containsExactly("counts of 7", "timers of 7");
        assertThat(Verification.of(other, manifest, Verification.Pace.FULL).isWhole()).isTrue();
    }

    @Test
    void aWholeOneVerifiesAndItsBytesAreCounted() throws IOException {
        Manifest manifest = complete(8, complete(7));

        Verification.Result result =
                Verification.of(store.directory(), manifest, Verification.Pace.FULL);

        assertThat(result.damages()).isEmpty();
        assertThat(result.files()).isEqualTo(2);
        assertThat(result.segments()).isEqualTo(4);
        assertThat(result.bytes()).isEqualTo(manifest.totalBytes());
    }

    @Test
    void everyFlippedByteOfEveryFileIsFound() throws IOException {
        Manifest manifest = complete(8, complete(7));
        for (StoredFile stored : manifest.files()) {
            java.nio.file.Path path = file(stored.file());
            byte[] good = Files.readAllBytes(path);
            for (int at = 0; at < good.length; at++) {
                byte[] flipped = good.clone();
                flipped[at] ^= 4;
                Files.write(path, flipped);
                assertThat(verify(at(Manifests.JOB + "/2/8")))
                        .as("byte %d of %s", at, stored)
                        .hasSize(1)
                        .allMatch(damage -> damage.contains(stored.file()));
            }
            Files.write(path, good);
        }
    }

    @Test
    void everyDamageIsListed() throws IOException {
        Manifest first = complete(7);
        Manifest second = complete(8, first);
        Manifest third = complete(9, second);
        Files.delete(file("2/7/w1.seg"));
        byte[] good = Files.readAllBytes(file("2/8/w1.seg"));
        Files.write(file("2/8/w1.seg"), Arrays.copyOf(good, good.length - 3));
        Files.write(
                file("2/9/w1.seg"),
                Arrays.copyOf(Files.readAllBytes(file("2/9/w1.seg")), good.length + 1));

        List<String> damages =
                Verification.of(store.directory(), third, Verification.Pace.FULL).damages();

        assertThat(damages).hasSize(4);
        assertThat(damages.get(0)).endsWith("2/7/w1.seg is missing");
        assertThat(damages.get(1)).contains("2/8/w1.seg is 63 bytes, a segment of it ends at 66");
        assertThat(damages.get(2)).contains("2/8/w1.seg is 63 bytes, the manifest says 66");
        assertThat(damages.get(3)).contains("2/9/w1.seg is 67 bytes, the manifest says 66");
    }

    @Test
    void aHostileNameOfAFileIsADamageAndNotOpened() throws IOException {
        Files.writeString(temp.resolve("secret.seg"), "secret");
        Manifest hostile =
                Manifests.naming(Manifests.JOB, "job", 2, 7, new StoredFile("../../secret.seg", 6));

        assertThat(Verification.of(store.directory(), hostile, Verification.Pace.FULL).damages())
                .singleElement()
                .asString()
                .contains("'../../secret.seg', which cannot be of a checkpoint");
    }

    private JobCheckpoints list() {
        return JobCheckpoints.below(root()).get(0);
    }

    @Test
    void aListShowsHowFarEachCame() throws IOException {
        complete(7);
        complete(8);
        complete(9);
        complete(10);
        Files.createDirectories(file("2/11"));
        Files.write(file("2/11/w1.seg"), new byte[10]);
        Files.write(file("2/8/manifest"), new byte[10]);
        byte[] whole = Files.readAllBytes(file("2/10/manifest"));
        Files.delete(file("2/11/w1.seg"));
        Files.write(file("2/11/manifest"), Arrays.copyOf(whole, whole.length / 2));
        Files.createDirectories(temp.resolve("not-a-job"));

        JobCheckpoints job = list();

        assertThat(job.jobName()).isEqualTo("word count");
        assertThat(job.owner()).isEqualTo("application_1");
        assertThat(job.entries())
                .extracting(entry -> entry.checkpoint().checkpointId(), JobCheckpoints.Entry::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(7L, State.COMPLETE),
                        org.assertj.core.groups.Tuple.tuple(8L, State.DAMAGED),
                        org.assertj.core.groups.Tuple.tuple(9L, State.COMPLETE),
                        org.assertj.core.groups.Tuple.tuple(10L, State.COMPLETE),
                        org.assertj.core.groups.Tuple.tuple(11L, State.UNFINISHED));
        assertThat(job.newest().orElseThrow().checkpoint().checkpointId()).isEqualTo(10);
        assertThat(JobCheckpoints.below(store.directory().path())).hasSize(1);
    }

    @Test
    void whatIsOverButSharedIsNotTakenForUnfinished() throws IOException {
        Manifest first = complete(7);
        complete(8, first);
        Files.delete(file("2/7/manifest"));

        assertThat(states()).containsExactly(State.DROPPED, State.COMPLETE);
    }

    private List<State> states() {
        return list().entries().stream().map(JobCheckpoints.Entry::state).toList();
    }

    @Test
    void whatTheNewestDoesNotCallRetainedIsOver() throws IOException {
        Manifest first = complete(7);
        complete(8, first);
        Manifest third = complete(9, first).retainedWith(records.subList(1, 2));
        Files.write(file("2/9/manifest"), ManifestCodec.encode(third));

        assertThat(states()).containsExactly(State.DROPPED, State.COMPLETE, State.COMPLETE);
        assertThat(list().garbage(true, LATER).directories()).as("9 needs a file of 7").isEmpty();
    }

    @Test
    void theNameOfAJobWithoutItsMarkerIsThatOfItsManifests() throws IOException {
        complete(7);
        Files.write(file("job"), new byte[3]);
        assertThat(list().jobName()).isEqualTo("word count");
        Files.delete(file("job"));
        assertThat(list().jobName()).isEqualTo("word count");
    }

    @Test
    void aListOfWhatDoesNotExistSaysSo() {
        assertThatThrownBy(() -> JobCheckpoints.below(new Path(root(), "nowhere")))
                .hasMessageStartingWith("PATH_NOT_FOUND: ");
    }

    @Test
    void garbageIsWhatNoCheckpointNeedsAndNothingThatIsBeingWritten() throws IOException {
        Manifest first = complete(7);
        complete(9, first);
        Files.createDirectories(file("2/8"));
        Files.write(file("2/8/w1.seg"), new byte[10]);
        Files.createDirectories(file("2/10"));
        Files.write(file("2/10/w1.seg"), new byte[10]);

        assertThat(list().garbage(false, LATER).directories()).containsExactly("2/8");
        assertThat(list().garbage(true, LATER).directories()).containsExactly("2/8", "2/10");
        assertThat(list().garbage(true, 0).isEmpty()).isTrue();
    }

    @Test
    void nothingIsGarbageWhileACheckpointCannotBeRead() throws IOException {
        complete(7);
        Files.write(file("2/7/manifest"), new byte[10]);

        assertThatThrownBy(() -> list().garbage(true, LATER))
                .hasMessageStartingWith("CHECKPOINT_FILE_CORRUPT: nothing of job")
                .hasMessageContaining("2/7");
    }

    @Test
    void whatIsNeededMeanwhileIsNotDeleted() throws IOException {
        complete(7);
        Files.createDirectories(file("2/5"));
        Files.write(file("2/5/w1.seg"), new byte[10]);
        Files.createDirectories(file("2/6"));
        Files.write(file("2/6/w1.seg"), new byte[10]);
        Garbage before = list().garbage(false, LATER);
        assertThat(before.directories()).containsExactly("2/5", "2/6");
        // a checkpoint that shares the file is completed between the two phases
        store.write(
                Manifests.naming(
                        Manifests.JOB, "word count", 2, 8, new StoredFile("2/6/w1.seg", 10)));

        Garbage deleted = before.and(list().garbage(false, LATER));
        list().delete(deleted);

        assertThat(deleted.directories()).containsExactly("2/5");
        assertThat(file("2/5")).doesNotExist();
        assertThat(file("2/6/w1.seg")).exists();
    }

    @Test
    void stateThatLiesInTheManifestIsReadByAnyJobWithoutAFile() throws IOException {
        Manifest before = write(6, 1000);
        Manifest manifest = write(7, 1000, before);
        assertThat(manifest.filesOnStorage()).isZero();
        assertThat(verify(at(Manifests.JOB + "/2/7"))).isEmpty();

        Manifest foreign = at(Manifests.JOB + "/2/7").readForAnyJob();
        Files.delete(temp.resolve(Manifests.JOB + "/2/6/manifest"));

        StoredSegments segments =
                new StoredSegments(
                        new CheckpointDirectory(
                                store.directory().files(),
                                root(),
                                new io.millrace.runtime.plan.JobId("f".repeat(32))),
                        LocalCopies.NONE,
                        foreign.files());
        List<String> all = new ArrayList<>();
        for (SegmentRef segment : foreign.segments().toList()) {
            try (var in = segments.open(segment)) {
                all.add(new String(in.readAllBytes(), UTF_8));
            }
        }
        assertThat(all).containsExactly("counts of 6", "timers of 6", "counts of 7", "timers of 7");
        assertThat(foreign.standsAlone()).isTrue();
    }

    @Test
    void stateInTheManifestThatIsNotWhatItsSegmentsSayIsDamage() throws IOException {
        Manifest manifest = write(7, 1000);
        byte[] flipped = manifest.files().get(0).content().clone();
        flipped[flipped.length - 1] ^= 1;
        Manifest bad =
                new Manifest(
                        manifest.jobId(),
                        manifest.jobName(),
                        manifest.epoch(),
                        manifest.checkpointId(),
                        manifest.triggeredAtMs(),
                        manifest.kind(),
                        manifest.operators(),
                        List.of(),
                        List.of(),
                        List.of(StoredFile.inManifest(manifest.files().get(0).file(), flipped)));

        assertThat(Verification.of(store.directory(), bad, Verification.Pace.FULL).damages())
                .singleElement()
                .asString()
                .contains("2/7/w1.seg", "has the checksum");
    }

    @Test
    void directoriesOfCheckpointsWhoseStateWasCarriedOnAreFreed() throws IOException {
        Manifest before = write(6, 1000);
        Manifest manifest = write(7, 1000, before);

        Garbage garbage =
                Garbage.released(
                        List.of(CheckpointFiles.of(before)), List.of(CheckpointFiles.of(manifest)));

        assertThat(garbage.directories()).containsExactly("2/6");
        assertThat(Garbage.unknown(CheckpointFiles.of(manifest), List.of())).isEmpty();
    }

    @Test
    void theNewestOfNowIsTakenIfItsJobHasDeletedTheOneThatWasFound() throws IOException {
        complete(7);
        complete(8);
        List<Long> found = new ArrayList<>();
        Path job = new Path(root(), Manifests.JOB);

        long read =
                SavedCheckpoint.with(
                        job,
                        each -> {
                            found.add(each.checkpointId());
                            if (found.size() == 1) {
                                delete(file("2/8/manifest"));
                            }
                            return each.read().checkpointId();
                        });

        assertThat(found).containsExactly(8L, 7L);
        assertThat(read).isEqualTo(7);
        assertThatThrownBy(() -> SavedCheckpoint.with(new Path(job, "2/8"), SavedCheckpoint::read))
                .as("one that is named is that one")
                .hasMessageStartingWith("CHECKPOINT_NOT_FOUND");
    }

    private static void delete(java.nio.file.Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
