package io.millrace.coordinator.job;

import io.millrace.api.graph.Partitioning;
import io.millrace.api.option.AdaptiveOptions;
import io.millrace.api.option.Config;
import io.millrace.api.option.MemorySize;
import io.millrace.coordinator.journal.DecidedStage;
import io.millrace.coordinator.schedule.EvenShares;
import io.millrace.coordinator.schedule.SkewCuts;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Decides how many subtasks a stage has for which the program leaves that open: once all that it
 * reads is there, by its bytes. A decision stays, whatever is lost later. Confined to the
 * coordinator's thread.
 */
final class AdaptiveStages {
    /** A range is skewed if it has so many times the bytes of the subtask in the middle. */
    private static final int SKEW = 4;

    private final JobRegions regions;
    private final Stages stages;
    private final StageVolumes volumes;
    private final SkewedJoin skew;
    private final TreeMap<Integer, String> reasons = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private long bytesPerTask;
    private int min;

    AdaptiveStages(JobRegions regions, Stages stages, StageVolumes volumes) {
        this.regions = regions;
        this.stages = stages;
        this.volumes = volumes;
        this.skew = new SkewedJoin(volumes);
    }

    /**
     * Before anything is decided.
     *
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION}
     */
    void read(Config config) {
        bytesPerTask = config.get(AdaptiveOptions.BYTES_PER_TASK);
        min = config.get(AdaptiveOptions.MIN_PARALLELISM);
        skew.read(config);
    }

    /** Takes over what an earlier leader has decided. */
    void resume(DecidedStage stage) {
        regions.decide(
                regions.graph().vertex(stage.vertexId()).decided(stage.ends(), stage.cuts()));
        reasons.put(stage.vertexId(), "as an earlier application master decided");
    }

    /** Decides what can be decided by now; returns what that is. */
    List<DecidedStage> decide() {
        List<DecidedStage> decided = new ArrayList<>();
        for (JobVertex vertex : regions.graph().vertices()) {
            if (regions.graph().vertex(vertex.id()).isUndecided()
                    && !follows(vertex)
                    && stages.haveAllFor(vertex.id())) {
                decide(vertex, decided);
            }
        }
        return decided;
    }

    /** Whether it has the parallelism of the one before. */
    private boolean follows(JobVertex vertex) {
        return regions.graph().inputsOf(vertex.id()).stream()
                .anyMatch(edge -> edge.kind() == Partitioning.Kind.FORWARD);
    }

    private void decide(JobVertex vertex, List<DecidedStage> decided) {
        long[] bytes = volumes.bytesByRange(vertex);
        int max = vertex.parallelism();
        int least = Math.min(min, max);
        SkewedJoin.Cut cut = skew.of(vertex, bytes, bytesPerTask, least, max);
        if (cut != null) {
            decided.add(new DecidedStage(vertex.id(), cut.ends(), cut.cuts()));
            regions.decide(vertex.decided(cut.ends(), cut.cuts()));
            reasons.put(vertex.id(), summary(bytes, least, max) + "; skewed: " + cut.what());
            warn(vertex, cut.what());
            return;
        }
        List<Integer> ends = EvenShares.of(bytes, bytesPerTask, least, max);
        String skewed = skew(bytes, ends);
        if (!skewed.isEmpty()) {
            warn(vertex, skewed);
        }
        decide(
                vertex,
                ends,
                summary(bytes, least, max) + (skewed.isEmpty() ? "" : "; skewed: " + skewed),
                decided);
    }

    private void warn(JobVertex vertex, String what) {
        warnings.add(
                String.format(
                        "Input is skewed. job=%s operator='%s': %s",
                        regions.graph().jobId().hex(), vertex.name(), what));
    }

    /** What people should know of the decisions since the last call. */
    List<String> takeWarnings() {
        List<String> taken = List.copyOf(warnings);
        warnings.clear();
        return taken;
    }

    private void decide(
            JobVertex vertex, List<Integer> ends, String reason, List<DecidedStage> decided) {
        decided.add(new DecidedStage(vertex.id(), ends, List.of()));
        regions.decide(vertex.decided(ends));
        reasons.put(vertex.id(), reason);
        JobGraph graph = regions.graph();
        for (JobEdge edge : graph.edges()) {
            JobVertex target = graph.vertex(edge.targetVertex());
            if (edge.sourceVertex() == vertex.id()
                    && edge.kind() == Partitioning.Kind.FORWARD
                    && regions.graph().vertex(target.id()).isUndecided()) {
                decide(target, ends, "as many as '" + vertex.name() + "'", decided);
            }
        }
    }

    /** Why a vertex has its parallelism; null if the program says it, or nobody yet. */
    String reasonOf(int vertexId) {
        return reasons.get(vertexId);
    }

    private String summary(long[] bytes, int least, int max) {
        return String.format(
                "%s to read in %d ranges, about %s for each subtask, %d to %d of them",
                size(Arrays.stream(bytes).sum()), bytes.length, size(bytesPerTask), least, max);
    }

    /** What no number of subtasks makes even; empty if nothing. */
    private String skew(long[] bytes, List<Integer> ends) {
        long[] shares = new long[ends.size()];
        for (int share = 0; share < shares.length; share++) {
            for (int range = share == 0 ? 0 : ends.get(share - 1);
                    range < ends.get(share);
                    range++) {
                shares[share] += bytes[range];
            }
        }
        long median = SkewCuts.median(shares);
        int largest = 0;
        for (int range = 1; range < bytes.length; range++) {
            largest = bytes[range] > bytes[largest] ? range : largest;
        }
        if (bytes[largest] <= 2 * bytesPerTask || bytes[largest] <= SKEW * median) {
            return "";
        }
        return String.format(
                "range %d alone has %s, the subtask in the middle %s, and the range cannot be cut."
                        + " Use keys that are more even, or fold before keyBy",
                largest, size(bytes[largest]), size(median));
    }

    static String size(long bytes) {
        return new MemorySize(bytes).toHumanReadableString();
    }
}
