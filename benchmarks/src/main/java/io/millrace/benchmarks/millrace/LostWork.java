package io.millrace.benchmarks.millrace;

import io.millrace.coordinator.ClusterView;
import io.millrace.runtime.message.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long tasks ran whose work was lost with a worker, and how long it took to do that again: what
 * a loss costs in any case, whatever the engine does about it. Looks at the cluster again and
 * again. Confined to the caller.
 */
final class LostWork {
    private final Map<Attempt, Span> spans =
            new TreeMap<>(
                    Comparator.comparingInt(Attempt::vertexId)
                            .thenComparingInt(Attempt::subtask)
                            .thenComparingInt(Attempt::number));

    private record Attempt(int vertexId, int subtask, int number) {
        boolean isBefore(Attempt other) {
            return vertexId == other.vertexId && subtask == other.subtask && number < other.number;
        }
    }

    /** When an attempt was seen to run. */
    private static final class Span {
        final long firstMs;
        long lastMs;
        boolean finished;

        Span(long firstMs) {
            this.firstMs = firstMs;
            this.lastMs = firstMs;
        }
    }

    void look(ClusterView view, long nowMs) {
        for (ClusterView.JobView job : view.jobs()) {
            for (ClusterView.VertexView vertex : job.vertices()) {
                for (ClusterView.SubtaskView subtask : vertex.subtasks()) {
                    look(vertex.id(), subtask, nowMs);
                }
            }
        }
    }

    private void look(int vertexId, ClusterView.SubtaskView subtask, long nowMs) {
        TaskState state = subtask.state();
        Attempt attempt = new Attempt(vertexId, subtask.subtask(), subtask.attempt());
        if (state == TaskState.DEPLOYING || state == TaskState.RUNNING) {
            spans.computeIfAbsent(attempt, key -> new Span(nowMs)).lastMs = nowMs;
        } else if (state == TaskState.FINISHED) {
            spans.computeIfAbsent(attempt, key -> new Span(nowMs)).finished = true;
        }
    }

    /**
     * The time for which something that was lost ran the first time, if it had not finished, and
     * the second time, if it had.
     */
    long ms() {
        long unfinishedMs = 0;
        List<Span> again = new ArrayList<>();
        for (Map.Entry<Attempt, Span> lost : spans.entrySet()) {
            for (Map.Entry<Attempt, Span> other : spans.entrySet()) {
                if (lost.getKey().isBefore(other.getKey())) {
                    Span ran = lost.getValue();
                    if (ran.finished) {
                        again.add(other.getValue());
                    } else {
                        unfinishedMs = Math.max(unfinishedMs, ran.lastMs - ran.firstMs);
                    }
                }
            }
        }
        return unfinishedMs + unionMs(again);
    }

    private static long unionMs(List<Span> spans) {
        spans.sort(Comparator.comparingLong(span -> span.firstMs));
        long sumMs = 0;
        long untilMs = Long.MIN_VALUE;
        for (Span span : spans) {
            sumMs += Math.max(0, span.lastMs - Math.max(untilMs, span.firstMs));
            untilMs = Math.max(untilMs, span.lastMs);
        }
        return sumMs;
    }

    /** One line for each attempt. */
    String text() {
        StringBuilder text = new StringBuilder();
        spans.forEach(
                (attempt, span) ->
                        text.append("TASK ")
                                .append(attempt.vertexId())
                                .append('-')
                                .append(attempt.subtask())
                                .append('#')
                                .append(attempt.number())
                                .append(" from ")
                                .append(span.firstMs)
                                .append(" to ")
                                .append(span.lastMs)
                                .append(" ms\n"));
        return text.toString();
    }
}
