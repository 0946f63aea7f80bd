package io.millrace.host.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.LocalFileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.checkpoint.PointerStore;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");

    @TempDir private java.nio.file.Path directory;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();

    private Checkpoints checkpoints(long epoch) {
        return checkpoints(
                epoch,
                new FilePointerStore(
                        LocalFileSystem.getSharedInstance(),
                        new Path(directory.resolve("pointers").toUri()),
                        epoch));
    }

    private Checkpoints checkpoints(long epoch, PointerStore pointers) {
        return new Checkpoints(
                new CheckpointPlaces(pointers, "/nowhere", "a test", epoch),
                events::add,
                fatal::complete);
    }

    private JobGraph graph() {
        return new JobGraph(
                JOB,
                "words",
                ExecutionMode.STREAMING,
                false,
                List.of(),
                List.of(),
                Map.of(
                        "execution.checkpointing.interval",
                        "10 s",
                        "execution.checkpointing.dir",
                        directory.resolve("checkpoints").toUri().toString()),
                List.of());
    }

    private static Manifest manifest(long epoch, long id) {
        return new Manifest(
                JOB.hex(),
                "words",
                epoch,
                id,
                1_000,
                CheckpointKind.INCREMENTAL,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private CheckpointRecord store(
            Checkpoints checkpoints, long epoch, long id, CheckpointRecord... keep)
            throws Exception {
        checkpoints.store(
                new Effect.StoreCheckpoint(graph(), manifest(epoch, id), List.of(keep), id + 5));
        Event.CheckpointStored stored = (Event.CheckpointStored) next();
        assertThat(stored.failure()).isNull();
        return stored.record();
    }

    private Event.CheckpointsRead read(Checkpoints checkpoints, String from) throws Exception {
        checkpoints.read(new Effect.ReadCheckpoints(graph(), from));
        return (Event.CheckpointsRead) next();
    }

    @Test
    void aNewLeaderReadsWhatTheOneBeforeHasStored() throws Exception {
        try (Checkpoints first = checkpoints(1)) {
            assertThat(read(first, null).pointer()).isNull();
            CheckpointRecord one = store(first, 1, 1);
            store(first, 1, 2, one);
        }
        try (Checkpoints second = checkpoints(2)) {
            Event.CheckpointsRead read = read(second, null);
            assertThat(read.pointer().highestId()).isEqualTo(7);
            assertThat(read.found())
                    .extracting(found -> found.manifest().checkpointId())
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void aManifestThatIsDamagedDoesNotHideTheOthers() throws Exception {
        try (Checkpoints first = checkpoints(1)) {
            CheckpointRecord one = store(first, 1, 1);
            store(first, 1, 2, one);
        }
        java.nio.file.Path manifest =
                directory.resolve("checkpoints/" + JOB.hex() + "/1/2/manifest");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(manifest, bytes);
        try (Checkpoints second = checkpoints(2)) {
            Event.CheckpointsRead read = read(second, null);
            assertThat(read.failure()).isNull();
            assertThat(read.found().get(0).manifest()).isNotNull();
            assertThat(read.found().get(1).failure().code())
                    .isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT);
        }
    }

    @Test
    void aJobStartsFromAnotherJobsCheckpointByItsPath() throws Exception {
        try (Checkpoints checkpoints = checkpoints(1)) {
            store(checkpoints, 1, 3);
            JobGraph other = fork();
            String path = directory.resolve("checkpoints/" + JOB.hex()).toUri().toString();
            checkpoints.read(new Effect.ReadCheckpoints(other, path));
            Event.CheckpointsRead read = (Event.CheckpointsRead) next();
            assertThat(read.pointer()).isNull();
            assertThat(read.found().get(0).manifest().checkpointId()).isEqualTo(3);
        }
    }

    @Test
    void aForkMarksWhatItStartsFromUntilItHasACheckpointOfItsOwn() throws Exception {
        java.nio.file.Path job = directory.resolve("checkpoints/" + JOB.hex());
        JobGraph fork = fork();
        String from = job.resolve("1/3").toUri().toString();
        try (Checkpoints checkpoints = checkpoints(1)) {
            store(checkpoints, 1, 3);
            store(checkpoints, 1, 4);
            checkpoints.read(new Effect.ReadCheckpoints(fork, from));
            assertThat(((Event.CheckpointsRead) next()).failure()).isNull();
            assertThat(job.resolve("fork-" + fork.jobId().hex() + "-1-3")).exists();

            checkpoints.delete(
                    new Effect.DeleteCheckpointFiles(
                            graph(), new Garbage(List.of("1/3"), List.of()), List.of()));
            checkpoints.read(new Effect.ReadCheckpoints(fork, from));
            assertThat(((Event.CheckpointsRead) next()).found().get(0).manifest())
                    .as("to go back to, after a failure or for a new leader")
                    .isNotNull();

            checkpoints.store(new Effect.StoreCheckpoint(fork, own(fork), List.of(), 9));
            assertThat(((Event.CheckpointStored) next()).failure()).isNull();
            checkpoints.delete(
                    new Effect.DeleteCheckpointFiles(
                            graph(), new Garbage(List.of("1/4"), List.of()), List.of()));
            read(checkpoints, null);
            assertThat(job.resolve("fork-" + fork.jobId().hex() + "-1-3")).doesNotExist();
            assertThat(job.resolve("1/3")).doesNotExist();
        }
    }

    @Test
    void theMarkNamesTheApplicationOfTheFork() throws Exception {
        String application = "application_1700000000000_0007";
        java.nio.file.Path job = directory.resolve("checkpoints/" + JOB.hex());
        JobGraph fork = fork();
        java.nio.file.Path mark = job.resolve("fork-" + fork.jobId().hex() + "-1-3-" + application);
        try (Checkpoints first = checkpoints(1)) {
            store(first, 1, 3);
        }
        FilePointerStore pointers =
                new FilePointerStore(
                        LocalFileSystem.getSharedInstance(),
                        new Path(directory.resolve("pointers").toUri()),
                        2);
        try (Checkpoints master =
                new Checkpoints(
                        new CheckpointPlaces(pointers, "/nowhere", application, 2),
                        events::add,
                        fatal::complete)) {
            master.read(new Effect.ReadCheckpoints(fork, job.toUri().toString()));
            assertThat(((Event.CheckpointsRead) next()).failure()).isNull();
            assertThat(mark).exists();

            master.jobEnded(fork.jobId());
            master.read(new Effect.ReadCheckpoints(graph(), job.toUri().toString()));
            next();
            assertThat(mark).doesNotExist();
        }
    }

    @Test
    void theNextLeaderOfAForkTakesAwayAMarkThatIsLeft() throws Exception {
        java.nio.file.Path job = directory.resolve("checkpoints/" + JOB.hex());
        JobGraph fork = fork();
        java.nio.file.Path mark = job.resolve("fork-" + fork.jobId().hex() + "-1-3");
        try (Checkpoints first = checkpoints(1)) {
            store(first, 1, 3);
            first.store(new Effect.StoreCheckpoint(fork, own(fork), List.of(), 9));
            next();
        }
        Files.createFile(mark);
        try (Checkpoints second = checkpoints(2)) {
            second.read(new Effect.ReadCheckpoints(fork, job.toUri().toString()));
            assertThat(((Event.CheckpointsRead) next()).pointer()).isNotNull();
            assertThat(mark).doesNotExist();
        }
    }

    @Test
    void aForkThatEndsWithoutACheckpointTakesItsMarkAway() throws Exception {
        java.nio.file.Path job = directory.resolve("checkpoints/" + JOB.hex());
        JobGraph fork = fork();
        java.nio.file.Path mark = job.resolve("fork-" + fork.jobId().hex() + "-1-3");
        try (Checkpoints checkpoints = checkpoints(1)) {
            store(checkpoints, 1, 3);
            checkpoints.read(
                    new Effect.ReadCheckpoints(fork, job.resolve("1/3").toUri().toString()));
            next();
            assertThat(mark).exists();
            checkpoints.jobEnded(fork.jobId());
            read(checkpoints, null);
            assertThat(mark).doesNotExist();
        }
    }

    /** The first checkpoint of a fork. */
    private static Manifest own(JobGraph fork) {
        return new Manifest(
                fork.jobId().hex(),
                "other",
                1,
                9,
                1_000,
                CheckpointKind.FULL,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private JobGraph fork() {
        return new JobGraph(
                new JobId("f".repeat(32)),
                "other",
                ExecutionMode.STREAMING,
                false,
                List.of(),
                List.of(),
                graph().config(),
                List.of());
    }

    @Test
    void deletesWhatItIsToldAndForgetsAJobThatHasEnded() throws Exception {
        try (Checkpoints checkpoints = checkpoints(1)) {
            store(checkpoints, 1, 1);
            store(checkpoints, 1, 2);
            checkpoints.delete(
                    new Effect.DeleteCheckpointFiles(
                            graph(), new Garbage(List.of("1/1"), List.of()), List.of()));
            read(checkpoints, null);
            java.nio.file.Path job = directory.resolve("checkpoints/" + JOB.hex());
            assertThat(job.resolve("1/1")).doesNotExist();
            assertThat(job.resolve("1/2/manifest")).exists();
            checkpoints.forget(new Effect.ForgetCheckpoints(graph()));
            assertThat(read(checkpoints, null).pointer()).isNull();
        }
    }

    @Test
    void aStorageThatRefusesIsAFailureOfTheCheckpoint() throws Exception {
        Files.writeString(directory.resolve("checkpoints"), "a file");
        try (Checkpoints checkpoints = checkpoints(1)) {
            checkpoints.store(new Effect.StoreCheckpoint(graph(), manifest(1, 1), List.of(), 1));
            assertThat(((Event.CheckpointStored) next()).failure().code())
                    .isEqualTo(ErrorCode.INVALID_OPTION);
            assertThat(fatal).isNotDone();
        }
    }

    @Test
    void aPointerThatSomebodyElseHasWrittenEndsTheLeader() throws Exception {
        PointerStore lost =
                new PointerStore() {
                    @Override
                    public Pointer read(String jobId) {
                        return null;
                    }

                    @Override
                    public void write(Pointer pointer, long epoch) {
                        throw new MillraceException(ErrorCode.LEADERSHIP_LOST, "epoch 9 leads");
                    }

                    @Override
                    public void remove(String jobId, long epoch) {}

                    @Override
                    public void close() {}
                };
        try (Checkpoints checkpoints = checkpoints(1, lost)) {
            checkpoints.store(new Effect.StoreCheckpoint(graph(), manifest(1, 1), List.of(), 1));
            assertThat(fatal.get(30, TimeUnit.SECONDS)).hasMessageContaining("epoch 9 leads");
            assertThat(events).isEmpty();
        }
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }
}
