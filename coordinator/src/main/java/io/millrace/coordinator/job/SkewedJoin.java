package io.millrace.coordinator.job;

import io.millrace.api.option.AdaptiveOptions;
import io.millrace.api.option.Config;
import io.millrace.coordinator.schedule.SkewCuts;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.RangeCut;
import java.util.Collections;
import java.util.List;

/**
 * Decides which ranges of a join are read by several subtasks. Confined to the coordinator's
 * thread.
 */
final class SkewedJoin {
    private final StageVolumes volumes;
    private boolean enabled;
    private double factor;
    private long thresholdBytes;

    SkewedJoin(StageVolumes volumes) {
        this.volumes = volumes;
    }

    /**
     * Who reads what of a join with skewed ranges.
     *
     * @param ends as in {@code Shares}
     * @param what is skewed and becomes of it, for people
     */
    record Cut(List<Integer> ends, List<RangeCut> cuts, String what) {}

    void read(Config config) {
        enabled = config.get(AdaptiveOptions.SKEWED_ENABLED);
        factor = config.get(AdaptiveOptions.SKEWED_FACTOR);
        thresholdBytes = config.get(AdaptiveOptions.SKEWED_THRESHOLD);
    }

    /**
     * Null if nothing is to be cut.
     *
     * @param total bytes of each range
     */
    Cut of(JobVertex vertex, long[] total, long bytesPerTask, int min, int max) {
        List<Integer> cuttable = vertex.cuttableInputs();
        if (!enabled || cuttable.isEmpty()) {
            return null;
        }
        long[][] byInput = new long[Collections.max(cuttable) + 1][];
        cuttable.forEach(input -> byInput[input] = volumes.bytesByRange(vertex, input));
        SkewCuts.Decision decision =
                SkewCuts.of(
                        new SkewCuts.Bytes(
                                byInput,
                                (input, range) -> volumes.bytesByWriter(vertex, input, range)),
                        cuttable,
                        total,
                        new SkewCuts.Limits(factor, thresholdBytes, bytesPerTask),
                        min,
                        max);
        return decision == null
                ? null
                : new Cut(
                        decision.ends(),
                        decision.cuts(),
                        describe(byInput, total, decision.cuts()));
    }

    private static String describe(long[][] byInput, long[] total, List<RangeCut> cuts) {
        RangeCut largest = cuts.get(0);
        for (RangeCut cut : cuts) {
            if (bytes(byInput, cut) > bytes(byInput, largest)) {
                largest = cut;
            }
        }
        return String.format(
                "range %d of the %s input has %s, the range in the middle %s; %d subtasks share it,"
                        + " each of which reads all %s of the other input%s. If one key has most of"
                        + " it, handle that key apart, or broadcast the smaller input",
                largest.range(),
                largest.input() == 0 ? "first" : "second",
                AdaptiveStages.size(bytes(byInput, largest)),
                AdaptiveStages.size(SkewCuts.median(byInput[largest.input()])),
                largest.ends().size(),
                AdaptiveStages.size(total[largest.range()] - bytes(byInput, largest)),
                cuts.size() == 1 ? "" : "; so are " + (cuts.size() - 1) + " other ranges");
    }

    private static long bytes(long[][] byInput, RangeCut cut) {
        return byInput[cut.input()][cut.range()];
    }
}
