package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.fault.FaultPoint.Room;
import io.millrace.api.fault.SimulatedCrash;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A job deletes nothing that a fork needs which has no checkpoint of its own. */
class ForkMarksTest {
    private static final JobId SOURCE = new JobId("a".repeat(32));
    private static final JobId FORK = new JobId("f".repeat(32));
    private static final String OWNER = "application_1700000000000_0007";
    private static final JobId OTHER = new JobId("e".repeat(32));

    @TempDir private java.nio.file.Path temp;

    private CheckpointStore store;

    static List<FaultPoint> points() {
        return FaultPoint.of(Room.FORK);
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    private CheckpointDirectory directory() {
        return new CheckpointDirectory(
                FileSystem.getLocalFileSystem(), new Path(temp.toUri().toString()), SOURCE);
    }

    private CheckpointStore leader(long epoch) {
        return CheckpointStore.open(
                directory(),
                new FilePointerStore(
                        FileSystem.getLocalFileSystem(),
                        new Path(temp.resolve("pointers").toUri().toString()),
                        epoch),
                epoch,
                new JobMarker(SOURCE.hex(), "word count", "application_1", 5));
    }

    /** A complete checkpoint of the job, which needs files of these names; its own are made. */
    private SavedCheckpoint complete(long id, String... names) throws IOException {
        if (store == null) {
            store = leader(1);
        }
        List<StoredFile> stored = new ArrayList<>();
        for (String name : names) {
            stored.add(new StoredFile(name, 10));
            java.nio.file.Path file = file(name);
            if (Files.notExists(file)) {
                Files.createDirectories(file.getParent());
                Files.write(file, new byte[10]);
            }
        }
        store.write(
                Manifests.naming(
                        SOURCE.hex(), "word count", 1, id, stored.toArray(StoredFile[]::new)));
        return new SavedCheckpoint(directory(), 1, id);
    }

    private java.nio.file.Path file(String name) {
        return temp.resolve(SOURCE.hex()).resolve(name);
    }

    private static Garbage directories(String... names) {
        return new Garbage(List.of(names), List.of());
    }

    @Test
    void whatAForkHasMarkedStaysAndGoesWhenTheForkNeedsItNoMore() throws IOException {
        complete(1, "1/1/w.seg");
        complete(2, "1/2/w.seg");
        SavedCheckpoint marked = complete(3, "1/1/w.seg", "1/3/w.seg");
        complete(4, "1/4/w.seg");
        ForkMarks.place(marked, FORK, OWNER);
        ForkMarks.place(marked, OTHER, OWNER);

        store.delete(directories("1/1", "1/2", "1/3"));

        assertThat(file("1/2")).as("nobody needs it").doesNotExist();
        assertThat(marked.read().checkpointId()).isEqualTo(3);
        assertThat(file("1/1/w.seg")).as("a file of an older one").exists();

        ForkMarks.remove(marked.path(), FORK);
        store.delete(Garbage.NONE);
        assertThat(file("1/3")).as("the other fork needs it").exists();

        ForkMarks.remove(marked.manifest(), OTHER);
        store.delete(directories("1/4"));
        assertThat(file("1")).isEmptyDirectory();
    }

    @Test
    void aPartOfAnEpochStaysAsAWhole() throws IOException {
        SavedCheckpoint marked = complete(3, "1/3/w.seg");
        ForkMarks.place(marked, FORK, OWNER);

        store.delete(directories("1"));
        assertThat(file("1/3/w.seg")).exists();

        ForkMarks.remove(marked.path(), FORK);
        store.delete(directories());
        assertThat(file("1")).doesNotExist();
    }

    @Test
    void aNewLeaderSparesItToo() throws IOException {
        SavedCheckpoint marked = complete(1, "1/1/w.seg");
        complete(2, "1/2/w.seg");
        ForkMarks.place(marked, FORK, OWNER);
        store.delete(directories("1/1"));

        CheckpointStore second = leader(2);
        second.deleteOrphans(List.of(CheckpointFiles.of(complete(3, "1/3/w.seg").read())));
        assertThat(file("1/1/manifest")).exists();
        assertThat(file("1/2")).doesNotExist();

        ForkMarks.remove(marked.path(), FORK);
        second.delete(Garbage.NONE);
        assertThat(file("1/1")).doesNotExist();
    }

    @Test
    void aJobThatHasEndedLeavesWhatIsMarked() throws IOException {
        SavedCheckpoint marked = complete(1, "1/1/w.seg");
        complete(2, "1/2/w.seg");
        ForkMarks.place(marked, FORK, OWNER);

        store.deleteAll();

        assertThat(file("1/2")).doesNotExist();
        assertThat(SavedCheckpoint.find(directory().path()).checkpointId()).isEqualTo(1);
        ForkMarks.remove(directory().path(), FORK);
        store.deleteAll();
        assertThat(file("")).doesNotExist();
    }

    @Test
    void nothingGoesWhileTheManifestOfAMarkedOneCannotBeRead() throws IOException {
        SavedCheckpoint marked = complete(1, "1/1/w.seg");
        complete(2, "1/2/w.seg");
        ForkMarks.place(marked, FORK, OWNER);
        Files.write(file("1/1/manifest"), new byte[100]);

        store.delete(directories("1/1", "1/2"));
        assertThat(file("1/2/w.seg")).exists();

        ForkMarks.remove(marked.path(), FORK);
        store.delete(Garbage.NONE);
        assertThat(file("1/1")).doesNotExist();
        assertThat(file("1/2")).doesNotExist();
    }

    @Test
    void toolsSeeItAsCompleteAndAClaimOfAnotherJobLeavesIt() throws IOException {
        SavedCheckpoint marked = complete(1, "1/1/w.seg");
        ForkMarks.place(marked, FORK, OWNER);

        assertThat(ClaimedCheckpoint.delete(marked.path(), OTHER, List.of())).isFalse();
        assertThat(JobCheckpoints.below(directory().path()).get(0).garbage(true, Long.MAX_VALUE))
                .isEqualTo(Garbage.NONE);
        assertThat(marked.read().checkpointId()).isEqualTo(1);

        assertThat(ClaimedCheckpoint.delete(marked.path(), FORK, List.of()))
                .as("its own mark does not keep it")
                .isTrue();
        assertThat(file("")).doesNotExist();
    }

    @Test
    void aMarkOnWhatHasGoneKeepsNothing() throws IOException {
        complete(2, "1/2/w.seg");
        ForkMarks.place(new SavedCheckpoint(directory(), 1, 1), FORK, OWNER);

        store.delete(directories("1/2"));

        assertThat(file("1/2")).doesNotExist();
    }

    @Test
    void aSavepointIsMarkedToo() throws IOException {
        SavedCheckpoint checkpoint = complete(1, "1/1/w.seg");
        Files.delete(file("job")); // which savepoints have not

        ForkMarks.place(checkpoint, FORK, OWNER);

        Path savepoint = directory().root();
        assertThat(ForkMarks.on(savepoint))
                .singleElement()
                .satisfies(
                        found -> {
                            assertThat(found.mark()).isEqualTo(new ForkMark(FORK, OWNER, 1, 1));
                            assertThat(found.path().getParent().getName()).isEqualTo(SOURCE.hex());
                            assertThat(found.placedAtMs()).isPositive();
                        });
        ForkMarks.remove(savepoint, OTHER);
        assertThat(ForkMarks.on(savepoint)).hasSize(1);
        ForkMarks.remove(savepoint, FORK);
        assertThat(ForkMarks.on(savepoint)).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotMarked() {
        ForkMarks.place(new SavedCheckpoint(directory(), 1, 1), FORK, OWNER);

        assertThat(file("")).doesNotExist();
        assertThat(ForkMarks.on(directory().path())).isEmpty();
    }

    @Test
    void namesOfMarksTellForkCheckpointAndApplication() {
        for (String application : List.of("", OWNER)) {
            ForkMark mark = new ForkMark(FORK, application, 1_000_000_003L, 42);
            assertThat(ForkMark.ofName(mark.name())).contains(mark);
        }
        assertThat(ForkMark.of(FORK, "embedded-17", 1, 2).application()).isEmpty();
        assertThat(ForkMark.ofName(new ForkMark(FORK, OWNER, 1, 2).name() + "x")).isEmpty();
        assertThat(ForkMark.isName("fork-1")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("points")
    void aForkThatDiesMarksAgainAndLeavesNoMark(FaultPoint point) throws IOException {
        SavedCheckpoint marked = complete(1, "1/1/w.seg");
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        assertThatThrownBy(
                        () -> {
                            ForkMarks.place(marked, FORK, OWNER);
                            ForkMarks.remove(marked.path(), FORK);
                        })
                .isInstanceOf(SimulatedCrash.class);
        assertThat(ForkMarks.in(directory())).containsExactly(new ForkMark(FORK, OWNER, 1, 1));
        store.delete(directories("1/1"));
        assertThat(file("1/1/w.seg")).exists();
        disarm();

        ForkMarks.place(marked, FORK, OWNER);
        ForkMarks.remove(marked.path(), FORK);

        assertThat(ForkMarks.in(directory())).isEmpty();
    }
}
