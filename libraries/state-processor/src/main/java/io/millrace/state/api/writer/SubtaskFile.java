package io.millrace.state.api.writer;

import io.millrace.api.tuple.Tuple3;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.ManifestCodec;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.StoredFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The file of one subtask of one operator while it is written, and the message about it: number of
 * the operator in the new savepoint, number of the subtask, and a manifest of that subtask alone.
 * Each attempt has a file of its own. Confined to a task.
 */
final class SubtaskFile implements AutoCloseable {
    private final Target target;
    private final SegmentFile file;

    SubtaskFile(Target target) {
        this.target = target;
        this.file =
                new SegmentFile(
                        target.directory(),
                        Target.EPOCH,
                        target.checkpointId(),
                        "part-" + UUID.randomUUID());
    }

    SegmentFile segments() {
        return file;
    }

    /** Makes the file durable, and tells what it is about. */
    Tuple3<Integer, Integer, byte[]> finish(int operator, int subtask, SubtaskEntry entry)
            throws IOException {
        Optional<StoredFile> stored = file.finish();
        Manifest about =
                new Manifest(
                        target.jobId(),
                        "",
                        Target.EPOCH,
                        target.checkpointId(),
                        0,
                        CheckpointKind.FULL,
                        List.of(new OperatorEntry("", "", 1, 1, List.of(entry))),
                        List.of(),
                        List.of(),
                        stored.map(List::of).orElse(List.of()));
        return Tuple3.of(operator, subtask, ManifestCodec.encode(about));
    }

    /** Removes the file unless it is finished. */
    @Override
    public void close() {
        file.close();
    }
}
