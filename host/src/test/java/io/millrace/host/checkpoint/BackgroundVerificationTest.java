package io.millrace.host.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Storage that loses bytes between the writing and the reading of a checkpoint. */
@Timeout(60)
class BackgroundVerificationTest {
    private static final JobId JOB = new JobId("a".repeat(32));

    @TempDir java.nio.file.Path temp;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private JobGraph graph;
    private CheckpointDirectory directory;
    private Checkpoints checkpoints;

    @BeforeEach
    void open() {
        Path root = new Path("file:" + temp + "/checkpoints");
        graph = job(JOB, root.toString());
        directory = CheckpointDirectory.of(root, JOB);
        checkpoints =
                new Checkpoints(
                        new CheckpointPlaces(
                                new FilePointerStore(
                                        FileSystem.getLocalFileSystem(),
                                        new Path("file:" + temp + "/pointers"),
                                        1),
                                root.toString(),
                                "test",
                                1),
                        events::add,
                        error -> {
                            throw new AssertionError(error);
                        });
    }

    @AfterEach
    void close() {
        checkpoints.close();
    }

    private static JobGraph job(JobId jobId, String directory) {
        return new JobGraph(
                jobId,
                "job",
                ExecutionMode.STREAMING,
                false,
                List.of(),
                List.of(),
                Map.of("execution.checkpointing.dir", directory),
                List.of());
    }

    private java.nio.file.Path file(String name) {
        return java.nio.file.Path.of(directory.path().getPath(), name);
    }

    private StoredFile write(long id) throws Exception {
        try (SegmentFile file = new SegmentFile(directory, 1, id, "w1")) {
            file.append(out -> out.write(new byte[1000]));
            return file.finish().orElseThrow();
        }
    }

    private void store(long id, StoredFile... files) {
        checkpoints.store(
                new Effect.StoreCheckpoint(
                        graph,
                        new Manifest(
                                JOB.hex(),
                                "job",
                                1,
                                id,
                                0,
                                CheckpointKind.FULL,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(files)),
                        List.of(),
                        id));
    }

    private <E extends Event> E next(Class<E> type) throws InterruptedException {
        Event event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    @Test
    void aFileThatIsNotAsWrittenIsReportedAfterTheCheckpointIsComplete() throws Exception {
        StoredFile stored = write(1);
        byte[] bytes = Files.readAllBytes(file("1/1/w1.seg"));
        Files.write(file("1/1/w1.seg"), java.util.Arrays.copyOf(bytes, bytes.length - 1));

        store(1, stored);

        assertThat(next(Event.CheckpointStored.class).failure()).isNull();
        Event.CheckpointDamaged damaged = next(Event.CheckpointDamaged.class);
        assertThat(damaged.files()).containsExactly("1/1/w1.seg");
        assertThat(damaged.failure().code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT);
        assertThat(damaged.failure().headline())
                .contains("checkpoint 1 was complete and is damaged now")
                .contains("1043 bytes, the manifest says 1044");
    }

    @Test
    void aWholeCheckpointIsReportedToNobody() throws Exception {
        StoredFile whole = write(1);
        store(1, whole);
        next(Event.CheckpointStored.class);

        // Another job's damage comes behind it on the same thread.
        StoredFile missing = new StoredFile("1/7/w1.seg", 5);
        graph = job(new JobId("b".repeat(32)), directory.root().toString());
        checkpoints.store(
                new Effect.StoreCheckpoint(
                        graph,
                        new Manifest(
                                "b".repeat(32),
                                "other",
                                1,
                                7,
                                0,
                                CheckpointKind.FULL,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(missing)),
                        List.of(),
                        7));
        next(Event.CheckpointStored.class);
        assertThat(next(Event.CheckpointDamaged.class).jobId().hex()).isEqualTo("b".repeat(32));
        assertThat(events).isEmpty();
    }
}
