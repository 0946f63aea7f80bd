package io.millrace.runtime.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.message.OperatorCommittables;
import java.util.List;

/** Manifests for tests. */
public final class Manifests {
    public static final String JOB = "0123456789abcdef0123456789abcdef";

    private Manifests() {}

    /** With one of everything. */
    static Manifest full() {
        StatePart counts =
                new StatePart(
                        StatePart.Kind.KEYED,
                        "counts",
                        "tables/1",
                        0,
                        63,
                        0,
                        "schema".getBytes(UTF_8),
                        List.of(
                                new Piece.Inline(new byte[] {1, 2, 3}),
                                new Piece.Stored(
                                        new SegmentRef("3/17/worker-1.seg", 44, 1000, 0xCAFE),
                                        0,
                                        63)));
        StatePart onItsWay =
                new StatePart(
                        StatePart.Kind.CHANNEL,
                        "0/1",
                        "records/1",
                        0,
                        -1,
                        7,
                        new byte[0],
                        List.of(
                                new Piece.Stored(
                                        new SegmentRef("2/9/worker-2.seg", 2000, 24, -1), 0, 0)));
        OperatorEntry counter =
                new OperatorEntry(
                        "counter",
                        "Count words",
                        2,
                        128,
                        List.of(
                                new SubtaskEntry(false, List.of(counts), List.of(onItsWay)),
                                new SubtaskEntry(true, List.of(), List.of())));
        return new Manifest(
                JOB,
                "word count",
                3,
                17,
                1_700_000_000_000L,
                CheckpointKind.INCREMENTAL,
                List.of(counter),
                List.of(new EnumeratorEntry("source", 1, new byte[] {9, 8, 7})),
                List.of(
                        new CommittableEntry(
                                "sink",
                                new OperatorCommittables(4, 1, 0, 2, List.of(new byte[] {5})))),
                List.of(
                        new StoredFile("3/17/worker-1.seg", 1044),
                        new StoredFile("2/9/worker-2.seg", 2024)));
    }

    /** Without state, of the files given. */
    public static Manifest naming(
            String jobId, String jobName, long epoch, long checkpointId, StoredFile... files) {
        return new Manifest(
                jobId,
                jobName,
                epoch,
                checkpointId,
                1_700_000_000_000L + checkpointId,
                CheckpointKind.INCREMENTAL,
                List.of(),
                List.of(),
                List.of(),
                List.of(files));
    }
}
