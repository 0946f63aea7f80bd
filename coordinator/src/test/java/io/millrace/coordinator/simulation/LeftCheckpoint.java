package io.millrace.coordinator.simulation;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.ManifestCodec;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.KeyGroups;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What a job that has ended has left, for a job of the program to start from: two checkpoints, of
 * which the younger one is claimed or not and shares a file with the older one, which is nobody's.
 * Each source has read some records of its first split, and those are all in the state.
 */
final class LeftCheckpoint {
    static final long ID = 7;
    private static final long OLDER_ID = 6;

    private final SimulatedJob job;
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final TreeMap<String, Integer> written = new TreeMap<>();

    private LeftCheckpoint(SimulatedJob job) {
        this.job = job;
    }

    /** All files of the job that has ended. */
    static Map<String, byte[]> filesFor(SimulatedJob job) {
        LeftCheckpoint left = new LeftCheckpoint(job);
        left.write();
        return left.files;
    }

    static String directory(String job) {
        return "/left/" + job;
    }

    /** Of the one that the job starts from. */
    static String manifest(String job) {
        return directory(job) + "/1/" + ID + "/manifest";
    }

    /** What nobody may remove. */
    static boolean isOfOlder(String path) {
        return path.contains("/1/" + OLDER_ID + "/");
    }

    static boolean isLeft(String path) {
        return path.startsWith("/left/");
    }

    static CheckpointRecord record(String job) {
        return new CheckpointRecord(ID, 1, manifest(job), 0, 0);
    }

    private String hex() {
        return job.graph().jobId().hex();
    }

    private String file(long checkpointId) {
        return directory(hex()) + "/1/" + checkpointId + "/w.seg";
    }

    private void write() {
        List<OperatorEntry> operators = new ArrayList<>();
        List<EnumeratorEntry> enumerators = new ArrayList<>();
        for (JobVertex vertex : job.graph().vertices()) {
            for (int i = 0; i < vertex.operators().size(); i++) {
                ChainedOperator operator = vertex.operators().get(i);
                List<SubtaskEntry> subtasks = new ArrayList<>();
                for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
                    subtasks.add(
                            new SubtaskEntry(
                                    false, i > 0 ? List.of() : parts(vertex, subtask), List.of()));
                }
                operators.add(
                        new OperatorEntry(
                                operator.identity(),
                                operator.name(),
                                vertex.parallelism(),
                                vertex.maxParallelism(),
                                subtasks));
                if (operator.kind() == OperatorSpec.Kind.SOURCE) {
                    byte[] next = ByteBuffer.allocate(4).putInt(1).array();
                    enumerators.add(new EnumeratorEntry(operator.identity(), 1, next));
                }
            }
        }
        List<StoredFile> stored = new ArrayList<>();
        written.forEach((file, length) -> stored.add(new StoredFile(file, length)));
        for (long id : new long[] {OLDER_ID, ID}) {
            Manifest manifest =
                    new Manifest(
                            String.format("%032d", 99),
                            "left",
                            1,
                            id,
                            0,
                            CheckpointKind.INCREMENTAL,
                            operators,
                            enumerators,
                            List.of(),
                            stored);
            files.put(directory(hex()) + "/1/" + id + "/manifest", ManifestCodec.encode(manifest));
        }
    }

    private List<StatePart> parts(JobVertex vertex, int subtask) {
        List<StatePart> parts = new ArrayList<>();
        if (vertex.operators().get(0).kind() == OperatorSpec.Kind.SOURCE) {
            ByteBuffer bytes = ByteBuffer.allocate(subtask == 0 ? 8 : 0);
            if (subtask == 0) {
                bytes.putInt(0).putInt(job.startsAfter());
            }
            parts.add(part("splits", StatePart.Kind.SPLIT_LIST, 0, -1, OLDER_ID, bytes.array()));
        }
        boolean keyed =
                job.graph().inputsOf(vertex.id()).stream()
                        .anyMatch(edge -> edge.kind() == Partitioning.Kind.KEY_GROUP);
        if (keyed) {
            int first = KeyGroups.first(subtask, vertex.parallelism(), vertex.maxParallelism());
            int last = KeyGroups.last(subtask, vertex.parallelism(), vertex.maxParallelism());
            byte[] bytes = counts(vertex.parallelism(), subtask);
            parts.add(part("counts", StatePart.Kind.KEYED, first, last, ID, bytes));
        }
        return parts;
    }

    private byte[] counts(int parallelism, int subtask) {
        TreeMap<Integer, int[]> counts = new TreeMap<>();
        for (int number = 0; number < job.startsAfter(); number++) {
            int key = number % StreamTask.KEYS;
            if (StreamTask.ownerOf(key, parallelism) == subtask) {
                int[] value = counts.computeIfAbsent(key, unused -> new int[2]);
                value[0]++;
                value[1] += number;
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(12 * counts.size());
        counts.forEach((key, v) -> bytes.putInt(key).putInt(v[0]).putInt(v[1]));
        return bytes.array();
    }

    private StatePart part(
            String name, StatePart.Kind kind, int first, int last, long id, byte[] content) {
        List<Piece> pieces = List.of();
        if (content.length > 0) {
            String file = file(id);
            CRC32C crc = new CRC32C();
            crc.update(content);
            int offset = written.getOrDefault(file, 0);
            SegmentRef segment = new SegmentRef(file, offset, content.length, (int) crc.getValue());
            pieces = List.of(new Piece.Stored(segment, first, Math.max(first, last)));
            byte[] all = Arrays.copyOf(bytesOf(file), offset + content.length);
            System.arraycopy(content, 0, all, offset, content.length);
            files.put(file, all);
            written.put(file, all.length);
        }
        boolean list = kind == StatePart.Kind.SPLIT_LIST;
        return new StatePart(
                kind,
                name,
                "toy/1",
                first,
                last,
                list ? content.length / 8 : 0,
                new byte[0],
                pieces);
    }

    private byte[] bytesOf(String file) {
        return files.getOrDefault(file, new byte[0]);
    }
}
