package io.millrace.coordinator.schedule;

import io.millrace.runtime.plan.RangeCut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Cuts ranges of a join's input that have far more bytes than others, so that several subtasks read
 * them. Pure.
 */
/* Each subtask of a cut range reads its part of one input and all that the other one has in the range.
 * So a part is not made smaller than a quarter of what is read again and again: that bounds what is read
 * beyond the bytes that there are to four times those of the cut input. Parts follow writers, since a
 * reader cannot have half of what one writer made of a range; what one writer alone has made stays
 * whole. */
public final class SkewCuts {
    /** The other input may have so many times the bytes of a part. */
    private static final int REPEATED = 4;

    private final Bytes bytes;
    private final long[] total;
    private final Limits limits;
    private final int max;

    /**
     * What there is to read.
     *
     * @param byInput bytes of each range, for each input
     * @param byWriter bytes that each writer has made of a range, for an input and a range
     */
    public record Bytes(long[][] byInput, BiFunction<Integer, Integer, long[]> byWriter) {}

    /**
     * What is too much.
     *
     * @param factor of the range in the middle of the input, or of {@code perTask} if that is more
     * @param thresholdBytes which a range must have in any case
     * @param perTask bytes that a subtask should read
     */
    public record Limits(double factor, long thresholdBytes, long perTask) {}

    /**
     * Who reads what.
     *
     * @param ends for each subtask the range behind its last one; equal ones share a cut range
     */
    public record Decision(List<Integer> ends, List<RangeCut> cuts) {}

    private SkewCuts(Bytes bytes, long[] total, Limits limits, int max) {
        this.bytes = bytes;
        this.total = total;
        this.limits = limits;
        this.max = max;
    }

    /**
     * Shares with cut ranges.
     *
     * @param cuttable inputs
     * @param total bytes of each range, of all inputs and what else is read with it
     * @param min number of subtasks
     * @param max number of subtasks
     * @return null if nothing is to be cut, or there are too few subtasks for it
     */
    public static Decision of(
            Bytes bytes, List<Integer> cuttable, long[] total, Limits limits, int min, int max) {
        SkewCuts cuts = new SkewCuts(bytes, total, limits, max);
        TreeMap<Integer, Integer> skewed = cuts.skewed(cuttable);
        if (skewed.isEmpty()) {
            return null;
        }
        long all = Arrays.stream(total).sum();
        for (long most = limits.perTask(); most <= all; most *= 2) {
            Decision decision = cuts.cut(skewed, most);
            if (decision.cuts().isEmpty() || decision.ends().size() < min) {
                return null;
            }
            if (decision.ends().size() <= max) {
                return decision;
            }
        }
        return null;
    }

    /** More than so many bytes of a range are too many in an input. */
    public static long limit(long[] ofInput, Limits limits) {
        long usual = Math.max(median(ofInput), limits.perTask());
        return Math.max(limits.thresholdBytes(), (long) (limits.factor() * usual));
    }

    public static long median(long[] bytes) {
        long[] sorted = bytes.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The input that is to be cut, by range. */
    private TreeMap<Integer, Integer> skewed(List<Integer> cuttable) {
        TreeMap<Integer, Integer> inputs = new TreeMap<>();
        for (int input : cuttable) {
            long[] own = bytes.byInput()[input];
            long limit = limit(own, limits);
            for (int range = 0; range < own.length; range++) {
                Integer before = inputs.get(range);
                if (own[range] > limit
                        && (before == null || own[range] > bytes.byInput()[before][range])) {
                    inputs.put(range, input);
                }
            }
        }
        return inputs;
    }

    private Decision cut(TreeMap<Integer, Integer> skewed, long most) {
        List<Integer> ends = new ArrayList<>();
        List<RangeCut> cuts = new ArrayList<>();
        int start = 0;
        for (int range : skewed.keySet()) {
            List<Integer> writers = partsOf(range, skewed.get(range), most);
            if (writers.size() > 1) {
                share(start, range, most, ends);
                writers.forEach(part -> ends.add(range + 1));
                cuts.add(new RangeCut(range, skewed.get(range), writers));
                start = range + 1;
            }
        }
        share(start, total.length, most, ends);
        return new Decision(List.copyOf(ends), List.copyOf(cuts));
    }

    /** For each part the writer behind its last one. */
    private List<Integer> partsOf(int range, int input, long most) {
        long[] byWriter = bytes.byWriter().apply(input, range);
        long repeated = total[range] - bytes.byInput()[input][range];
        return withoutEmpty(
                EvenShares.of(
                        byWriter,
                        Math.max(most, repeated / REPEATED),
                        1,
                        Math.min(max, byWriter.length)),
                byWriter);
    }

    /** Writers that have made nothing go with the part beside them. */
    private static List<Integer> withoutEmpty(List<Integer> ends, long[] byWriter) {
        List<Integer> parts = new ArrayList<>();
        int from = 0;
        for (int end : ends) {
            if (Arrays.stream(byWriter, from, end).sum() > 0) {
                parts.add(end);
            } else if (!parts.isEmpty()) {
                parts.set(parts.size() - 1, end);
            }
            from = end;
        }
        return parts;
    }

    /** Shares the ranges between two that are cut. */
    private void share(int from, int to, long most, List<Integer> ends) {
        if (from < to) {
            EvenShares.of(Arrays.copyOfRange(total, from, to), most, 1, to - from)
                    .forEach(end -> ends.add(from + end));
        }
    }
}
