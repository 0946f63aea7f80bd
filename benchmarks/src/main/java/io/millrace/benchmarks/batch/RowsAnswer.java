package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.job.Tally;
import java.util.List;

/**
 * What is right where programs make their rows themselves, by hand and without any engine. A
 * process of its own, for its memory.
 */
public final class RowsAnswer {
    private static final int BASE_MB = 64;
    private static final int BYTES_OF_KEY = Long.BYTES + Integer.BYTES;

    private RowsAnswer() {}

    /** Arguments for the JVM. */
    static List<String> command(String jar, BatchContest contest, BatchContest.Size size) {
        return List.of(
                "-Xmx" + (BASE_MB + (size.keys() * BYTES_OF_KEY >> 20)) + "m",
                "-XX:+UseSerialGC",
                "-cp",
                jar,
                RowsAnswer.class.getName(),
                contest.label(),
                String.valueOf(size.rows()),
                String.valueOf(size.keys()));
    }

    /**
     * @param args contest, rows and keys
     */
    public static void main(String[] args) {
        long rows = Long.parseLong(args[1]);
        int keys = Integer.parseInt(args[2]);
        Tally tally = args[0].equals("join") ? pairs(rows, keys) : sums(rows, keys);
        new Answer(tally.count(), tally.hash()).say();
    }

    static Tally sums(long rows, int keys) {
        long[] sums = new long[keys];
        int[] counts = new int[keys];
        for (long row = 0; row < rows; row++) {
            int key = (int) Rows.key(row, keys);
            sums[key] += Rows.value(row);
            counts[key]++;
        }
        Tally tally = new Tally();
        for (int key = 0; key < keys; key++) {
            if (counts[key] > 0) {
                tally.add(Rows.ofSum(key, sums[key], counts[key]));
            }
        }
        return tally;
    }

    static Tally pairs(long rows, int keys) {
        Tally tally = new Tally();
        for (long row = 0; row < rows; row++) {
            long key = Rows.key(row, keys);
            tally.add(Rows.ofPair(key, Rows.value(row), Rows.attribute(key)));
        }
        return tally;
    }
}
