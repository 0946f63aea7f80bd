package io.millrace.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.CheckpointStore;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.checkpoint.JobMarker;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes checkpoints of one job as a leader does. */
final class CheckpointFixture {
    static final long EPOCH = 1;

    private final java.nio.file.Path root;
    private final String jobId;
    private final String jobName;
    private final CheckpointStore store;
    private final List<CheckpointRecord> records = new ArrayList<>();

    CheckpointFixture(java.nio.file.Path root, char digit, String jobName) {
        this.root = root;
        this.jobId = String.valueOf(digit).repeat(32);
        this.jobName = jobName;
        FileSystem files = FileSystem.getLocalFileSystem();
        store =
                CheckpointStore.open(
                        new CheckpointDirectory(files, new Path("file:" + root), new JobId(jobId)),
                        new FilePointerStore(files, new Path("file:" + root + "-pointers"), EPOCH),
                        EPOCH,
                        new JobMarker(jobId, jobName, "application_1", 5));
    }

    /** Complete, with one keyed state of two subtasks. */
    CheckpointFixture complete(long id, long triggeredAtMs) throws IOException {
        write(id, triggeredAtMs);
        store.publish(new Pointer(jobId, jobName, root.toString(), id, records));
        return this;
    }

    /** Complete, and it needs files of other jobs, or of earlier checkpoints, by their names. */
    CheckpointFixture completeNeeding(long id, String... files) throws IOException {
        List<StoredFile> stored = new ArrayList<>();
        for (String file : files) {
            stored.add(new StoredFile(file, 10));
        }
        records.add(
                store.write(
                        new Manifest(
                                jobId,
                                jobName,
                                EPOCH,
                                id,
                                id * 1000,
                                CheckpointKind.INCREMENTAL,
                                List.of(),
                                List.of(),
                                List.of(),
                                stored)));
        store.publish(new Pointer(jobId, jobName, root.toString(), id, records));
        return this;
    }

    private CheckpointFixture write(long id, long triggeredAtMs) throws IOException {
        List<SubtaskEntry> subtasks = new ArrayList<>();
        StoredFile stored;
        try (SegmentFile file = new SegmentFile(store.directory(), EPOCH, id, "worker-1")) {
            for (int subtask = 0; subtask < 2; subtask++) {
                SegmentRef segment = file.append(out -> out.write("state".getBytes(UTF_8)));
                StatePart part =
                        new StatePart(
                                StatePart.Kind.KEYED,
                                "counts",
                                "tables/1",
                                subtask * 64,
                                subtask * 64 + 63,
                                0,
                                new byte[0],
                                List.of(new Piece.Stored(segment, 0, 63)));
                subtasks.add(new SubtaskEntry(false, List.of(part), List.of()));
            }
            stored = file.finish().orElseThrow();
        }
        records.add(
                store.write(
                        new Manifest(
                                jobId,
                                jobName,
                                EPOCH,
                                id,
                                triggeredAtMs,
                                CheckpointKind.FULL,
                                List.of(
                                        new OperatorEntry(
                                                "counter", "Count words", 2, 128, subtasks)),
                                List.of(),
                                List.of(),
                                List.of(stored))));
        return this;
    }

    java.nio.file.Path file(String name) {
        return root.resolve(jobId).resolve(name);
    }

    String path(String name) {
        return file(name).toString();
    }
}
