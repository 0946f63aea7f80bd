package io.millrace.client;

import io.millrace.api.file.FileSystem;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSegments;
import io.millrace.runtime.state.TableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes native savepoints of a job that counts words, as the engine does. */
final class SavepointFixture {
    static final String JOB = "d".repeat(32);
    static final int GROUPS = 8;

    private SavepointFixture() {}

    static Path savepoint(Path path, long triggeredAtMs, Map<String, Long> counts)
            throws IOException {
        Files.createDirectories(path);
        CheckpointDirectory directory =
                new CheckpointDirectory(
                        FileSystem.getLocalFileSystem(),
                        new io.millrace.api.file.Path("file:" + path),
                        new JobId(JOB));
        State state = state(directory, counts);
        SavepointDirectory.store(
                path.toString(),
                new Manifest(
                        JOB,
                        "count",
                        1,
                        7,
                        triggeredAtMs,
                        CheckpointKind.FULL,
                        List.of(state.operator()),
                        List.of(),
                        List.of(),
                        List.of(state.file())));
        return path;
    }

    /** An operator that has counted, and the file with its state. */
    record State(Manifest.OperatorEntry operator, StoredFile file) {}

    static State state(CheckpointDirectory directory, Map<String, Long> counts) throws IOException {
        ClassLoader loader = SavepointFixture.class.getClassLoader();
        Serializer<Object> keys = Serializers.of(Types.STRING, loader);
        Serializer<Object> values = Serializers.of(Types.LONG, loader);
        TableSpec spec = new TableSpec("counts", TableSpec.Shape.VALUE, null, null, values);
        List<Piece> pieces;
        StoredFile stored;
        try (SegmentFile file = new SegmentFile(directory, 1, 7, "w")) {
            TableSegments segments = new TableSegments(file);
            for (int group = 0; group < GROUPS; group++) {
                BinaryWriter out = segments.beginUnit(group);
                int rows = 0;
                for (Map.Entry<String, Long> each : counts.entrySet()) {
                    if (KeyGroups.group(KeyGroups.hash(each.getKey()), GROUPS) == group) {
                        keys.write(each.getKey(), out);
                        values.write(each.getValue(), out);
                        rows++;
                    }
                }
                segments.endUnit(0, rows);
            }
            pieces = segments.finish();
            stored = file.finish().orElseThrow();
        }
        StatePart part =
                new StatePart(
                        StatePart.Kind.KEYED,
                        "counts",
                        TableForm.NAME,
                        0,
                        GROUPS - 1,
                        0,
                        TableForm.of(spec, keys).toBytes(),
                        pieces);
        Manifest.SubtaskEntry subtask = new Manifest.SubtaskEntry(false, List.of(part), List.of());
        return new State(
                new Manifest.OperatorEntry("counter", "Count", 1, GROUPS, List.of(subtask)),
                stored);
    }
}
