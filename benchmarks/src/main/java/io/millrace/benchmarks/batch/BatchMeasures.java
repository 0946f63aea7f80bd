package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.Directories;
import io.millrace.benchmarks.Setup;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The command {@code bin/benchmarks batch}: each contest on all engines, one process after the
 * other, then a sort that loses a worker. Whatever happens, no process and no file of inputs,
 * outputs and engines is left; logs stay in the work directory.
 */
public final class BatchMeasures {
    private final Setup setup;
    private final BatchArguments arguments;
    private final Workplace place;
    private final PrintStream out;

    private BatchMeasures(Setup setup, BatchArguments arguments, Workplace place, PrintStream out) {
        this.setup = setup;
        this.arguments = arguments;
        this.place = place;
        this.out = out;
    }

    /**
     * @param args see {@link BatchArguments}
     */
    public static void run(Setup setup, List<String> args) throws Exception {
        BatchArguments arguments = BatchArguments.parse(args);
        try (Workplace place = Workplace.open(setup, arguments.limit())) {
            new BatchMeasures(setup, arguments, place, System.out).run();
        }
    }

    private void run() throws Exception {
        if (!arguments.parts().isEmpty()) {
            out.printf(
                    "%d MB for each engine, %d run(s) each%n",
                    arguments.memoryMb(), arguments.rounds());
            out.println(
                    "| workload | engine | wall s | core-s per million (min–max) | peak memory of MB given |"
                            + " peak temporary disk MB | ratio | target |");
            out.println("|---|---|---|---|---|---|---|---|");
        }
        for (BatchArguments.Part part : arguments.parts()) {
            try {
                checkSpace(part.contest(), part.size());
                hold(part.contest(), part.size());
            } finally {
                Directories.delete(place.input());
            }
        }
        if (arguments.killBytes().isPresent()) {
            long bytes = arguments.killBytes().getAsLong();
            try {
                checkSpace(BatchContest.SORT, new BatchContest.Size(bytes, 0));
                new KillMeasure(setup, place, arguments.memoryMb(), out).run(bytes);
            } finally {
                Directories.delete(place.input());
            }
        }
    }

    private void hold(BatchContest contest, BatchContest.Size size) throws Exception {
        BatchContest.Input input = contest.prepare(setup, place, size);
        Map<BatchEngine, List<BatchRun>> runs = new EnumMap<>(BatchEngine.class);
        Answer answer = input.expected().orElse(null);
        for (int round = 0; round < arguments.rounds(); round++) {
            for (BatchEngine engine : arguments.engines()) {
                if (!contest.isOf(engine)) {
                    continue;
                }
                BatchRun run = run(engine, contest, size);
                if (answer != null && !answer.equals(run.answer())) {
                    throw new IOException(
                            contest.label()
                                    + " on "
                                    + engine.label()
                                    + " came to "
                                    + run.answer()
                                    + ", but "
                                    + answer
                                    + " is right");
                }
                answer = run.answer();
                runs.computeIfAbsent(engine, e -> new ArrayList<>()).add(run);
            }
        }
        print(contest, size, input.records(), runs);
    }

    private BatchRun run(BatchEngine engine, BatchContest contest, BatchContest.Size size)
            throws IOException, InterruptedException {
        BatchJob job =
                new BatchJob(
                        contest.label(),
                        place.input(),
                        place.output(),
                        place.temporary(),
                        size.rows(),
                        size.keys(),
                        arguments.memoryMb());
        List<String> command =
                new ArrayList<>(engine.command(setup, contest, arguments.memoryMb()));
        contest.place(place, command);
        command.addAll(job.arguments());
        try {
            Workplace.Ended ended = place.run(contest.label() + "-" + engine.label(), command);
            return new BatchRun(
                    ended.wallMs(),
                    ended.cpuMs(),
                    ended.peakMemoryKb(),
                    ended.peakDiskBytes(),
                    contest.answer(setup, place));
        } finally {
            Directories.delete(place.output());
        }
    }

    /** Inputs, outputs and what engines spill, of which none compresses nothing at all. */
    private void checkSpace(BatchContest contest, BatchContest.Size size) throws IOException {
        long wanted = 4 * size.rows() * (size.keys() > 0 || contest.countsRows() ? 32 : 1);
        long there = place.usableBytes();
        if (there < wanted) {
            throw new IOException(
                    contest.label()
                            + " may need "
                            + wanted / 1_000_000
                            + " MB in "
                            + setup.work()
                            + ", where "
                            + there / 1_000_000
                            + " MB are free. Give a smaller scale.");
        }
    }

    private void print(
            BatchContest contest,
            BatchContest.Size size,
            long records,
            Map<BatchEngine, List<BatchRun>> runs) {
        double ours = runs.containsKey(BatchEngine.MILLRACE) ? cpu(runs, BatchEngine.MILLRACE) : 0;
        runs.forEach(
                (engine, all) -> {
                    double target =
                            engine == BatchEngine.FLINK
                                    ? contest.targets().toFlink()
                                    : contest.targets().toSpark();
                    boolean other = engine != BatchEngine.MILLRACE && ours > 0;
                    out.printf(
                            Locale.ROOT,
                            "| %s %s | %s | %.1f | %.3f (%.3f–%.3f) | %s | %d | %s | %s |%n",
                            contest.label(),
                            size.text(),
                            engine.label(),
                            median(all).wallMs() / 1e3,
                            median(all).cpuMs() * 1e3 / records,
                            all.stream().mapToLong(BatchRun::cpuMs).min().orElse(0) * 1e3 / records,
                            all.stream().mapToLong(BatchRun::cpuMs).max().orElse(0) * 1e3 / records,
                            memory(
                                    all.stream().mapToLong(BatchRun::peakMemoryKb).max().orElse(0),
                                    arguments.memoryMb()),
                            all.stream().mapToLong(BatchRun::peakDiskBytes).max().orElse(0)
                                    / 1_000_000,
                            other
                                    ? String.format(
                                            Locale.ROOT, "**%.2f**", cpu(runs, engine) / ours)
                                    : "",
                            other ? "≥ " + target : "");
                });
    }

    /** What was resident of what was given; a JVM needs more than its heap, so it may be over. */
    static String memory(long peakKb, int givenMb) {
        long peakMb = (peakKb + 1023) / 1024;
        return peakMb
                + " of "
                + givenMb
                + (peakMb > givenMb ? ": **" + (peakMb - givenMb) + " over**" : "");
    }

    private static double cpu(Map<BatchEngine, List<BatchRun>> runs, BatchEngine engine) {
        return median(runs.get(engine)).cpuMs();
    }

    private static BatchRun median(List<BatchRun> runs) {
        return runs.stream()
                .sorted(Comparator.comparingLong(BatchRun::cpuMs))
                .toList()
                .get(runs.size() / 2);
    }
}
