package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.Setup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command {@code bin/benchmarks batch}: each contest on all engines, one process after the
 * other. Whatever happens, no process and no file of inputs, outputs and engines is left; logs stay
 * in the work directory.
 */
public final class BatchMeasures {
    private static final Pattern CPU = Pattern.compile("MEASURED cpuMs=(\\d+)");
    private static final long LOOK_MS = 100;

    private final Setup setup;
    private final BatchArguments arguments;
    private final Path directory;
    private final PrintStream out;
    private final long endNanos;

    private BatchMeasures(Setup setup, BatchArguments arguments, Path directory, PrintStream out) {
        this.setup = setup;
        this.arguments = arguments;
        this.directory = directory;
        this.out = out;
        this.endNanos = System.nanoTime() + arguments.limit().toNanos();
    }

    /**
     * @param args see {@link BatchArguments}
     */
    public static void run(Setup setup, List<String> args) throws Exception {
        BatchArguments arguments = BatchArguments.parse(args);
        Path directory = Files.createTempDirectory(setup.work(), "batch-");
        try {
            new BatchMeasures(setup, arguments, directory, System.out).run();
        } finally {
            Outputs.delete(directory);
        }
    }

    private void run() throws Exception {
        out.printf(
                "%d MB for each engine, %d run(s) each%n",
                arguments.memoryMb(), arguments.rounds());
        out.println(
                "| workload | engine | wall s | core-s per million (min–max) | peak memory MB |"
                        + " peak temporary disk MB | ratio | target |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (Map.Entry<BatchContest, BatchContest.Size> one : arguments.sizes().entrySet()) {
            Path inputs = directory.resolve("input");
            try {
                checkSpace(one.getKey(), one.getValue());
                hold(one.getKey(), one.getValue(), inputs);
            } finally {
                Outputs.delete(inputs);
            }
        }
    }

    private void hold(BatchContest contest, BatchContest.Size size, Path inputs) throws Exception {
        BatchContest.Input input = contest.prepare(inputs, size);
        Map<BatchEngine, List<BatchRun>> runs = new EnumMap<>(BatchEngine.class);
        Answer answer = input.expected().orElse(null);
        for (int round = 0; round < arguments.rounds(); round++) {
            for (BatchEngine engine : arguments.engines()) {
                BatchRun run = run(engine, contest, size, inputs);
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

    private BatchRun run(
            BatchEngine engine, BatchContest contest, BatchContest.Size size, Path inputs)
            throws IOException, InterruptedException {
        Path own = Files.createDirectories(directory.resolve("temporary"));
        Path output = directory.resolve("output");
        BatchJob job =
                new BatchJob(
                        contest.label(),
                        inputs,
                        output,
                        own,
                        size.rows(),
                        size.keys(),
                        arguments.memoryMb());
        List<String> command = new ArrayList<>(List.of(setup.java()));
        command.add("-Djava.io.tmpdir=" + own);
        command.addAll(engine.command(setup, arguments.memoryMb()));
        command.addAll(job.arguments());
        Path log = setup.work().resolve("batch-" + contest.label() + "-" + engine.label() + ".log");
        long began = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            Watched watched = new Watched(process.pid(), own);
            while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                watched.look();
                if (System.nanoTime() - endNanos > 0) {
                    throw new IOException(
                            contest.label()
                                    + " on "
                                    + engine.label()
                                    + " was not through when the time was: "
                                    + arguments.limit().toMinutes()
                                    + " minutes. Give minutes=N, or a smaller scale; its log is "
                                    + log);
                }
            }
            long wallMs = (System.nanoTime() - began) / 1_000_000;
            Matcher cpu = CPU.matcher(Files.readString(log));
            if (process.exitValue() != 0 || !cpu.find()) {
                throw new IOException(
                        contest.label()
                                + " on "
                                + engine.label()
                                + " ended with code "
                                + process.exitValue()
                                + "; its log is "
                                + log);
            }
            return new BatchRun(
                    wallMs,
                    Long.parseLong(cpu.group(1)),
                    watched.peakMemoryKb(),
                    watched.peakDiskBytes(),
                    contest.answer(output));
        } finally {
            process.destroyForcibly().waitFor();
            Outputs.delete(own);
            Outputs.delete(output);
        }
    }

    /** Inputs, outputs and what engines spill, of which none compresses nothing at all. */
    private void checkSpace(BatchContest contest, BatchContest.Size size) throws IOException {
        long wanted = 4 * size.rows() * (size.keys() > 0 ? 32 : 1);
        long there = Files.getFileStore(directory).getUsableSpace();
        if (there < wanted) {
            throw new IOException(
                    contest.label()
                            + " may need "
                            + wanted / 1_000_000
                            + " MB in "
                            + directory
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
                            "| %s %s | %s | %.1f | %.3f (%.3f–%.3f) | %d | %d | %s | %s |%n",
                            contest.label(),
                            text(size),
                            engine.label(),
                            median(all).wallMs() / 1e3,
                            median(all).cpuMs() * 1e3 / records,
                            all.stream().mapToLong(BatchRun::cpuMs).min().orElse(0) * 1e3 / records,
                            all.stream().mapToLong(BatchRun::cpuMs).max().orElse(0) * 1e3 / records,
                            all.stream().mapToLong(BatchRun::peakMemoryKb).max().orElse(0) / 1024,
                            all.stream().mapToLong(BatchRun::peakDiskBytes).max().orElse(0)
                                    / 1_000_000,
                            other
                                    ? String.format(
                                            Locale.ROOT, "**%.2f**", cpu(runs, engine) / ours)
                                    : "",
                            other ? "≥ " + target : "");
                });
    }

    private static String text(BatchContest.Size size) {
        return size.rows() / 1_000_000 + (size.keys() > 0 ? "M:" + size.keys() / 1000 + "K" : "M");
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
