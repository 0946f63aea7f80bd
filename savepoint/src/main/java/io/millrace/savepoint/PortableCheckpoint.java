package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.PortableParts;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint all of whose keyed state is in rows: what lies in a back end's own files, as in
 * incremental checkpoints of RocksDB, is written as rows to the local disk first. Confined.
 */
final class PortableCheckpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortableCheckpoint.class);

    /** No worker is called so: it is in no file's name of the checkpoint itself. */
    private static final String WRITER = "__rows__";

    private final Manifest manifest;
    private final SegmentSource segments;
    private final java.nio.file.Path directory; // null if nothing was written

    private PortableCheckpoint(
            Manifest manifest, SegmentSource segments, java.nio.file.Path directory) {
        this.manifest = manifest;
        this.segments = segments;
        this.directory = directory;
    }

    /**
     * @param segments of the checkpoint
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; {@code STORAGE_FAILED} if the
     *     local disk cannot be written
     */
    static PortableCheckpoint of(Manifest checkpoint, SegmentSource segments) throws IOException {
        boolean portable =
                checkpoint.operators().stream()
                        .flatMap(operator -> operator.subtasks().stream())
                        .flatMap(subtask -> subtask.parts().stream())
                        .noneMatch(part -> reader(part).isPresent());
        if (portable) {
            return new PortableCheckpoint(checkpoint, segments, null);
        }
        java.nio.file.Path directory = localDirectory();
        try {
            return written(checkpoint, segments, directory);
        } catch (IOException | RuntimeException | Error e) {
            delete(directory);
            throw e;
        }
    }

    private static java.nio.file.Path localDirectory() {
        try {
            return Files.createTempDirectory("millrace-rows-");
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "state of a back end cannot be made into rows in the directory "
                            + System.getProperty("java.io.tmpdir")
                            + ": "
                            + e.getMessage()
                            + ". It needs as much room as the state is large; JDK_JAVA_OPTIONS ="
                            + " -Djava.io.tmpdir=DIR names another one.",
                    e);
        }
    }

    /** Who makes a part into rows; empty if it has some, or nobody does. */
    private static Optional<PortableParts> reader(StatePart part) {
        return part.kind() == StatePart.Kind.KEYED
                ? PortableParts.of(part.form())
                : Optional.empty();
    }

    private static PortableCheckpoint written(
            Manifest checkpoint, SegmentSource segments, java.nio.file.Path directory)
            throws IOException {
        CheckpointDirectory local =
                CheckpointDirectory.of(new Path(directory.toUri()), new JobId(checkpoint.jobId()));
        String name =
                CheckpointDirectory.segmentFile(
                        checkpoint.epoch(), checkpoint.checkpointId(), WRITER);
        List<OperatorEntry> operators = new ArrayList<>();
        try (SegmentFile file =
                new SegmentFile(
                        local,
                        checkpoint.epoch(),
                        checkpoint.checkpointId(),
                        WRITER,
                        0,
                        SegmentFile.Use.PASSING,
                        SnapshotPace.Step.NONE)) {
            for (OperatorEntry operator : checkpoint.operators()) {
                List<SubtaskEntry> subtasks = new ArrayList<>();
                for (SubtaskEntry subtask : operator.subtasks()) {
                    List<StatePart> parts = new ArrayList<>();
                    for (StatePart part : subtask.parts()) {
                        parts.addAll(rows(operator, part, segments, directory, file));
                    }
                    subtasks.add(new SubtaskEntry(subtask.finished(), parts, subtask.channels()));
                }
                operators.add(
                        new OperatorEntry(
                                operator.id(),
                                operator.name(),
                                operator.parallelism(),
                                operator.maxParallelism(),
                                subtasks));
            }
            file.finish();
        }
        SegmentSource rows = new StoredSegments(local);
        return new PortableCheckpoint(
                new Manifest(
                        checkpoint.jobId(),
                        checkpoint.jobName(),
                        checkpoint.epoch(),
                        checkpoint.checkpointId(),
                        checkpoint.triggeredAtMs(),
                        checkpoint.kind(),
                        operators,
                        checkpoint.enumerators(),
                        checkpoint.committables(),
                        checkpoint.files()),
                segment ->
                        segment.file().equals(name) ? rows.open(segment) : segments.open(segment),
                directory);
    }

    private static List<StatePart> rows(
            OperatorEntry operator,
            StatePart part,
            SegmentSource segments,
            java.nio.file.Path directory,
            SegmentFile into)
            throws IOException {
        Optional<PortableParts> reader = reader(part);
        if (reader.isEmpty()) {
            return List.of(part);
        }
        java.nio.file.Path files = directory.resolve("files");
        try {
            return reader.get().write("'" + operator.id() + "'", part, segments, files, into);
        } finally {
            delete(files);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    SegmentSource segments() {
        return segments;
    }

    private static void delete(java.nio.file.Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<java.nio.file.Path> all = Files.walk(tree)) {
            for (java.nio.file.Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            LOG.warn("Rows of a back end are left on the local disk. path={}", tree, e);
        }
    }

    /** Removes what was written. Idempotent. */
    @Override
    public void close() {
        if (directory != null) {
            delete(directory);
        }
    }
}
