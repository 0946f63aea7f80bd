package io.millrace.benchmarks;

import java.io.PrintStream;
import java.util.List;

/**
 * The runs of one workload on both engines. Immutable. Run 0 is cold; the median of the others is
 * the warm figure (of the only run, where there is one).
 */
record Comparison(String workload, List<Measurement> millrace, List<Measurement> flink) {
    void print(PrintStream out, long words) {
        Measurement ours = warm(millrace);
        Measurement theirs = warm(flink);
        line(out, "Millrace", millrace.get(0), ours, words);
        line(out, "Flink", flink.get(0), theirs, words);
        out.printf(
                "%-21s ratio      cold cpu %.1f   warm cpu %.1f   warm wall %.1f%n",
                workload,
                (double) flink.get(0).cpuMs() / millrace.get(0).cpuMs(),
                (double) theirs.cpuMs() / ours.cpuMs(),
                (double) theirs.wallMs() / ours.wallMs());
    }

    private void line(PrintStream out, String engine, Measurement cold, Measurement warm, long n) {
        out.printf(
                "%-21s %-9s %7.2f /%7.2f    %7.2f /%7.2f              %,12d%n",
                workload,
                engine,
                cold.wallMs() / 1e3,
                cold.cpuMs() / 1e3,
                warm.wallMs() / 1e3,
                warm.cpuMs() / 1e3,
                1000 * n / Math.max(1, warm.cpuMs()));
    }

    private static Measurement warm(List<Measurement> runs) {
        List<Measurement> warm = runs.size() == 1 ? runs : runs.subList(1, runs.size());
        return warm.stream()
                .sorted(java.util.Comparator.comparingLong(Measurement::cpuMs))
                .toList()
                .get(warm.size() / 2);
    }
}
