package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.Directories;
import io.millrace.benchmarks.Setup;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs to lose a worker: the sort on two workers, undisturbed, and again with one of them
 * killed when half of the time has passed that the first run took. Confined to the main thread.
 */
final class KillMeasure {
    private static final Pattern FIGURES =
            Pattern.compile("MEASURED cpuMs=(\\d+) jobMs=(\\d+) killedCpuMs=(\\d+) lostMs=(\\d+)");

    private final Setup setup;
    private final Workplace place;
    private final int memoryMb;
    private final PrintStream out;

    /**
     * One run. Immutable.
     *
     * @param cpuMs of all processes, also of the one that was killed
     * @param jobMs from submission to the end
     * @param killedCpuMs of the one that was killed; 0 without
     * @param lostMs for which tasks ran that had to run again
     */
    private record Run(long cpuMs, long jobMs, long killedCpuMs, long lostMs) {}

    /**
     * @param memoryMb of the heaps of both workers together
     */
    KillMeasure(Setup setup, Workplace place, int memoryMb, PrintStream out) {
        this.setup = setup;
        this.place = place;
        this.memoryMb = memoryMb;
        this.out = out;
    }

    void run(long bytes) throws Exception {
        BatchContest.Size size = new BatchContest.Size(bytes, 0);
        Answer expected = BatchContest.SORT.prepare(setup, place, size).expected().orElseThrow();
        Run undisturbed = run(bytes, 0, expected);
        Run killed = run(bytes, undisturbed.jobMs() / 2, expected);
        out.println();
        out.println(
                "| sort on two workers | job s | core-s | extra s | of that, lost work s | the rest s"
                        + " (target 15 %) | extra core-s | core-s that the killed worker had used"
                        + " |");
        out.println("|---|---|---|---|---|---|---|---|");
        out.printf(
                Locale.ROOT,
                "| %s undisturbed | %.1f | %.1f | | | | | |%n",
                size.text(),
                undisturbed.jobMs() / 1e3,
                undisturbed.cpuMs() / 1e3);
        double extraMs = killed.jobMs() - undisturbed.jobMs();
        double restMs = extraMs - killed.lostMs();
        double extraCpuMs = killed.cpuMs() - undisturbed.cpuMs();
        out.printf(
                Locale.ROOT,
                "| %s, one killed at 50 %% | %.1f | %.1f | %.1f (%.0f %%) | %.1f | %.1f (%.0f %%) |"
                        + " %.1f (%.0f %%) | %.1f |%n",
                size.text(),
                killed.jobMs() / 1e3,
                killed.cpuMs() / 1e3,
                extraMs / 1e3,
                100 * extraMs / undisturbed.jobMs(),
                killed.lostMs() / 1e3,
                restMs / 1e3,
                100 * restMs / undisturbed.jobMs(),
                extraCpuMs / 1e3,
                100 * extraCpuMs / undisturbed.cpuMs(),
                killed.killedCpuMs() / 1e3);
    }

    private Run run(long bytes, long killAtMs, Answer expected)
            throws IOException, InterruptedException {
        BatchJob job =
                new BatchJob(
                        BatchContest.SORT.label(),
                        place.input(),
                        place.output(),
                        place.temporary(),
                        bytes,
                        0,
                        memoryMb);
        List<String> command =
                new ArrayList<>(
                        BatchEngine.millrace(
                                setup, "io.millrace.benchmarks.millrace.SortOnWorkers", memoryMb));
        command.addAll(job.arguments());
        command.add(String.valueOf(killAtMs));
        try {
            String log = place.run(killAtMs == 0 ? "undisturbed" : "killed", command).log();
            Matcher figures = FIGURES.matcher(log);
            if (!figures.find()) {
                throw new IOException("the sort on workers says nothing: " + log);
            }
            Answer answer = BatchContest.SORT.answer(place.output());
            if (!answer.equals(expected)) {
                throw new IOException(
                        "the sort on workers came to "
                                + answer
                                + ", but "
                                + expected
                                + " is right");
            }
            return new Run(
                    Long.parseLong(figures.group(1)),
                    Long.parseLong(figures.group(2)),
                    Long.parseLong(figures.group(3)),
                    Long.parseLong(figures.group(4)));
        } finally {
            Directories.delete(place.output());
        }
    }
}
