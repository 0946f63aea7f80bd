package io.millrace.coordinator.speculate;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Tells slow tasks of a stage from others by what the finished ones took. Pure. */
public final class SlowTasks {
    private SlowTasks() {}

    /**
     * How long a task of a stage may run before it is slow.
     *
     * @param tasks of the stage
     * @param finished how many of them have finished
     * @param durationsMs of those that have finished under this leader: perhaps fewer
     * @return empty as long as too few have finished to know what is slow
     */
    public static OptionalLong limitMs(
            int tasks, int finished, List<Long> durationsMs, SpeculationSettings settings) {
        if (finished == 0 || durationsMs.isEmpty() || finished < settings.baselineRatio() * tasks) {
            return OptionalLong.empty();
        }
        double scaled = median(durationsMs) * settings.baselineMultiplier();
        return OptionalLong.of(Math.max(settings.lowerBoundMs(), (long) Math.ceil(scaled)));
    }

    /** Of an even number, the mean of the two in the middle. */
    private static double median(List<Long> durationsMs) {
        long[] sorted = durationsMs.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2.0;
    }
}
