package io.millrace.host.rest;

import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.ClusterView.SubtaskView;
import io.millrace.coordinator.ClusterView.VertexView;
import io.millrace.runtime.message.TaskTime;
import io.millrace.runtime.message.TaskTime.InputTime;
import io.millrace.runtime.message.TaskTime.OriginTime;
import io.millrace.runtime.message.TaskTime.SplitTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Answers "why is there no output?": where event time stands in the subtasks of a vertex, and what
 * holds it, from edge to edge back to the split. Pure.
 */
final class TimeViews {
    private static final long MAX_WRITTEN_MS = 253_402_300_799_999L; // the end of year 9999

    private TimeViews() {}

    static RestShapes.Watermarks watermarks(JobView job, VertexView vertex) {
        return new RestShapes.Watermarks(
                vertex.id(),
                vertex.name(),
                vertex.subtasks().stream().map(subtask -> subtask(job, vertex, subtask)).toList());
    }

    private static RestShapes.SubtaskTime subtask(
            JobView job, VertexView vertex, SubtaskView subtask) {
        TaskTime time = subtask.time();
        Optional<InputTime> holding = holding(time);
        List<RestShapes.Holder> heldBy = heldBy(job, vertex, subtask);
        return new RestShapes.SubtaskTime(
                subtask.subtask(),
                shown(time.inputMs()),
                shown(time.outputMs()),
                time.idle(),
                time.outputMs() == Long.MAX_VALUE,
                time.inputs().stream()
                        .map(input -> input(job, input, holding.equals(Optional.of(input))))
                        .toList(),
                time.origins().stream().map(TimeViews::origin).toList(),
                heldBy,
                summary(time, heldBy));
    }

    private static RestShapes.InputTime input(JobView job, InputTime input, boolean holds) {
        return new RestShapes.InputTime(
                input.sourceVertex(),
                name(job, input.sourceVertex()),
                input.producer() < 0 ? null : input.producer(),
                shown(input.watermarkMs()),
                input.sinceMs(),
                input.channels(),
                input.idleChannels(),
                input.endedChannels(),
                holds);
    }

    private static RestShapes.OriginTime origin(OriginTime origin) {
        return new RestShapes.OriginTime(
                origin.operator(),
                shown(origin.watermarkMs()),
                origin.idle(),
                origin.sinceMs(),
                origin.limitMs() == Long.MAX_VALUE ? null : shown(origin.limitMs()),
                origin.splits(),
                origin.slowest().stream()
                        .map(
                                split ->
                                        new RestShapes.SplitTime(
                                                split.split(),
                                                shown(split.watermarkMs()),
                                                split.idle(),
                                                split.paused(),
                                                split.sinceMs()))
                        .toList());
    }

    /** The edge that the task waits for. */
    private static Optional<InputTime> holding(TaskTime time) {
        return time.inputs().stream()
                .filter(input -> input.producer() >= 0)
                .min(Comparator.comparingLong(InputTime::watermarkMs));
    }

    /** From producer to producer, up to the operator, and the split, that makes the watermark. */
    private static List<RestShapes.Holder> heldBy(
            JobView job, VertexView vertex, SubtaskView subtask) {
        List<RestShapes.Holder> trail = new ArrayList<>();
        VertexView at = vertex;
        SubtaskView task = subtask;
        // A graph has no cycles, but what comes over the wire is bounded, not believed.
        for (int steps = 0; steps <= job.vertices().size(); steps++) {
            Optional<OriginTime> origin =
                    task.time().origins().stream()
                            .min(Comparator.comparingLong(OriginTime::watermarkMs));
            if (origin.isPresent()) {
                trail.add(maker(at, task, origin.get()));
                return trail;
            }
            Optional<InputTime> input = holding(task.time());
            if (input.isEmpty() || input.get().watermarkMs() == Long.MAX_VALUE) {
                return trail;
            }
            Optional<VertexView> source = job.vertex(input.get().sourceVertex());
            int producer = input.get().producer();
            if (source.isEmpty() || producer >= source.get().subtasks().size()) {
                return trail;
            }
            at = source.get();
            task = at.subtasks().get(producer);
            trail.add(
                    new RestShapes.Holder(
                            at.id(),
                            at.name(),
                            producer,
                            null,
                            null,
                            shown(input.get().watermarkMs()),
                            task.time().idle(),
                            input.get().sinceMs()));
        }
        return trail;
    }

    private static RestShapes.Holder maker(VertexView at, SubtaskView task, OriginTime origin) {
        Optional<SplitTime> split =
                origin.slowest().stream().filter(one -> origin.idle() || !one.idle()).findFirst();
        return new RestShapes.Holder(
                at.id(),
                at.name(),
                task.subtask(),
                origin.operator(),
                split.map(SplitTime::split).orElse(null),
                shown(split.map(SplitTime::watermarkMs).orElse(origin.watermarkMs())),
                origin.idle(),
                split.map(SplitTime::sinceMs).orElse(origin.sinceMs()));
    }

    private static String summary(TaskTime time, List<RestShapes.Holder> heldBy) {
        if (time.outputMs() == Long.MAX_VALUE) {
            return "All time is over: the input has ended.";
        }
        if (heldBy.isEmpty() && time.idle()) {
            return "All inputs are idle; time goes on with the next record.";
        }
        RestShapes.Holder last = heldBy.isEmpty() ? null : heldBy.get(heldBy.size() - 1);
        if (last == null || last.operator() == null && last.watermark() == null) {
            return "No watermark has come, and nobody makes any"
                    + (last == null ? "" : " in '" + last.name() + "'")
                    + ". Give the source a watermark strategy.";
        }
        String where =
                (last.split() == null ? "" : "split '" + last.split() + "' of ")
                        + "'"
                        + (last.operator() == null ? last.name() : last.operator())
                        + "' in subtask "
                        + last.subtask();
        if (last.idle()) {
            return "Held by " + where + ", which is idle since " + at(last.sinceMs()) + ".";
        }
        return last.watermark() == null
                ? "Held by "
                        + where
                        + ", which has had no watermark since "
                        + at(last.sinceMs())
                        + "."
                : "Held by "
                        + where
                        + ", at "
                        + at(last.watermark())
                        + " since "
                        + at(last.sinceMs())
                        + ".";
    }

    /** Timestamps may be far outside the range of years that people write. */
    private static String at(long ms) {
        return ms > MAX_WRITTEN_MS || ms < -MAX_WRITTEN_MS
                ? ms + " ms"
                : Instant.ofEpochMilli(ms).toString();
    }

    private static Long shown(long watermarkMs) {
        return watermarkMs == Long.MIN_VALUE ? null : watermarkMs;
    }

    private static String name(JobView job, int vertexId) {
        return job.vertex(vertexId).map(VertexView::name).orElse("");
    }
}
