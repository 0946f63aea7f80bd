package io.millrace.benchmarks;

import io.millrace.benchmarks.job.Stamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A record that a job has written with the time at which it came.
 *
 * @param stampNanos what it says: when it was due, or another number
 * @param atNanos when the sink had it
 */
record Arrived(long stampNanos, long atNanos) {
    /** What all subtasks have written so far, in the order in which it came. */
    static List<Arrived> in(Path results) throws IOException {
        List<Arrived> arrived = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> found = Files.list(results)) {
            files = found.filter(Stamps::isOne).toList();
        }
        for (Path file : files) {
            Stamps.read(file, (stamp, at) -> arrived.add(new Arrived(stamp, at)));
        }
        arrived.sort(Comparator.comparingLong(Arrived::atNanos));
        return arrived;
    }

    /** In milliseconds, of those that were due in between; -1 if there are none. */
    static double oldestMs(List<Arrived> arrived, long fromNanos, long toNanos) {
        return arrived.stream()
                        .filter(each -> each.stampNanos >= fromNanos && each.stampNanos < toNanos)
                        .mapToLong(each -> each.atNanos - each.stampNanos)
                        .max()
                        .orElse(-1_000_000)
                / 1e6;
    }

    /** In milliseconds, the longest time in between in which nothing came. */
    static double longestGapMs(List<Arrived> arrived, long fromNanos, long toNanos) {
        long longest = 0;
        long last = fromNanos;
        for (Arrived each : arrived) {
            if (each.atNanos >= fromNanos && each.atNanos <= toNanos) {
                longest = Math.max(longest, each.atNanos - last);
                last = each.atNanos;
            }
        }
        return Math.max(longest, toNanos - last) / 1e6;
    }
}
