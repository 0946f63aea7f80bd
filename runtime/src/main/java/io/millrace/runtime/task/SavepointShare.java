package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.OperatorSnapshot;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.ToWorker.TriggerCheckpoint;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one worker has of a savepoint of tables, divided: what it writes itself, and what it tells
 * the coordinator, which makes one file of what all workers have told. Immutable.
 *
 * @param written a checkpoint of what the worker writes, with segments of its own file
 * @param told the tasks with the rest: lists and broadcast state, as long as they are small
 */
record SavepointShare(Manifest written, List<TaskSnapshot> told) {
    /** So much travels with the answer of a worker; of a thousand it is a quarter of a gigabyte. */
    static final long MOST_TOLD_BYTES = 256 << 10;

    SavepointShare {
        told = List.copyOf(told);
    }

    /**
     * @param files of which the segments of {@code tasks} are
     * @param segments reads them
     * @throws IOException if they cannot be read
     */
    static SavepointShare of(
            JobGraph graph,
            TriggerCheckpoint trigger,
            List<TaskSnapshot> tasks,
            List<StoredFile> files,
            SegmentSource segments)
            throws IOException {
        Division division = new Division(segments);
        List<TaskSnapshot> told = new ArrayList<>();
        for (TaskSnapshot task : tasks) {
            told.add(division.told(task));
        }
        Manifest written =
                new Manifest(
                        graph.jobId().hex(),
                        graph.name(),
                        trigger.epoch(),
                        trigger.checkpointId(),
                        trigger.timestampMs(),
                        CheckpointKind.FULL,
                        division.operators(graph),
                        List.of(),
                        List.of(),
                        files);
        return new SavepointShare(written, told);
    }

    /** Deals parts out to both sides. Confined to one call. */
    private static final class Division {
        private final SegmentSource segments;
        private final Map<Place, List<StatePart>> written = new HashMap<>();
        private long leftBytes = MOST_TOLD_BYTES;

        private record Place(int vertexId, int operatorIndex, int subtask) {}

        Division(SegmentSource segments) {
            this.segments = segments;
        }

        TaskSnapshot told(TaskSnapshot task) throws IOException {
            List<OperatorSnapshot> operators = new ArrayList<>();
            for (OperatorSnapshot operator : task.operators()) {
                List<StatePart> parts = new ArrayList<>();
                for (StatePart part : operator.parts()) {
                    long bytes = part.segments().mapToLong(SegmentRef::length).sum();
                    if (!part.isKeyed() && bytes <= leftBytes) {
                        leftBytes -= bytes;
                        parts.add(inline(part));
                    } else {
                        written.computeIfAbsent(
                                        new Place(
                                                task.attempt().vertexId(),
                                                operator.operatorIndex(),
                                                task.attempt().subtask()),
                                        place -> new ArrayList<>())
                                .add(part);
                    }
                }
                operators.add(new OperatorSnapshot(operator.operatorIndex(), parts));
            }
            return new TaskSnapshot(
                    task.attempt(),
                    task.finished(),
                    operators,
                    List.of(),
                    task.committables(),
                    task.timing());
        }

        private StatePart inline(StatePart part) throws IOException {
            List<Piece> pieces = new ArrayList<>();
            for (Piece piece : part.pieces()) {
                if (piece instanceof Piece.Stored stored) {
                    try (InputStream in = segments.open(stored.segment())) {
                        pieces.add(new Piece.Inline(in.readAllBytes()));
                    }
                } else {
                    pieces.add(piece);
                }
            }
            return new StatePart(
                    part.kind(),
                    part.name(),
                    part.form(),
                    part.firstKeyGroup(),
                    part.lastKeyGroup(),
                    part.items(),
                    part.description(),
                    pieces);
        }

        List<OperatorEntry> operators(JobGraph graph) {
            List<OperatorEntry> entries = new ArrayList<>();
            for (JobVertex vertex : graph.vertices()) {
                for (int i = 0; i < vertex.operators().size(); i++) {
                    List<SubtaskEntry> subtasks = new ArrayList<>();
                    for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
                        subtasks.add(
                                new SubtaskEntry(
                                        false,
                                        written.getOrDefault(
                                                new Place(vertex.id(), i, subtask), List.of()),
                                        List.of()));
                    }
                    entries.add(
                            new OperatorEntry(
                                    vertex.operators().get(i).identity(),
                                    vertex.operators().get(i).name(),
                                    vertex.parallelism(),
                                    vertex.maxParallelism(),
                                    subtasks));
                }
            }
            return entries;
        }
    }
}
