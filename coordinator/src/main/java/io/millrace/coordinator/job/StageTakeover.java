package io.millrace.coordinator.job;

import io.millrace.coordinator.journal.ReadSource;
import io.millrace.coordinator.journal.StageHistory;
import io.millrace.coordinator.journal.SubtaskStep;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes over how far the stages of one job had come under an earlier leader. Confined to the
 * coordinator's thread, and done before anything runs.
 */
final class StageTakeover {
    private final JobGraph graph;
    private final JobRegions regions;
    private final StageResults results;
    private final SplitLog splits;

    StageTakeover(JobGraph graph, JobRegions regions, StageResults results, SplitLog splits) {
        this.graph = graph;
        this.regions = regions;
        this.results = results;
        this.splits = splits;
    }

    /**
     * Moves what has finished to where it was.
     *
     * @param first number of an attempt that no earlier leader has used
     * @return the regions that begin anew as a whole, with those that read from them
     */
    List<Region> resume(StageHistory history, int first) {
        regions.all().forEach(region -> region.attemptsFrom(first));
        List<Region> broken = new ArrayList<>(); // as a whole, though parts of them have finished
        for (Region region : regions.all()) {
            if (hasFinished(region, history)) {
                region.resume(history);
                region.runs()
                        .forEach(run -> results.onFinished(step(run, history).results(), null));
            } else if (!region.isOneSubtask()) {
                broken.add(region);
            }
        }
        graph.vertices().stream()
                .filter(StageMaster::isSource)
                .forEach(source -> resumeSource(source.id(), history, broken));
        return broken;
    }

    /** Null if it has not finished. */
    private static SubtaskStep step(SubtaskRun run, StageHistory history) {
        return history.finished(run.id().vertexId(), run.id().subtask());
    }

    /** Whether all its subtasks have, in one attempt. */
    private static boolean hasFinished(Region region, StageHistory history) {
        SubtaskStep first = step(region.runs().get(0), history);
        return first != null
                && region.runs().stream()
                        .map(run -> step(run, history))
                        .allMatch(
                                step ->
                                        step != null
                                                && step.attempt().attempt()
                                                        == first.attempt().attempt());
    }

    /** A source of which not all was read, or of which nobody knows what, begins as a whole. */
    private void resumeSource(int vertexId, StageHistory history, List<Region> broken) {
        ReadSource source = history.source(vertexId);
        boolean usable =
                source != null && (source.given() != null || regions.haveFinished(vertexId));
        if (usable) {
            splits.resume(graph.jobId(), source);
        } else {
            broken.addAll(regions.of(vertexId));
        }
    }
}
