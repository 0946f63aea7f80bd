package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Directories;
import io.millrace.benchmarks.Setup;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A savepoint of a gigabyte of accounts while the job runs at full speed or at a rate, its size,
 * and the time until a job that starts from it processes records again. Of Millrace in both forms.
 */
final class Savepoints {
    /** Without another wish; a power of two. */
    static final long KEYS = 1 << 23;

    private static final int SPAN_S = 10;
    private static final int LIMIT_S = 300;
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(10);

    private final Setup setup;
    private final Engine engine;
    private final String backend;
    private final Optional<String> share;

    /**
     * @param share of a processor that Millrace takes for writing; empty for what is the default
     */
    Savepoints(Setup setup, Engine engine, String backend, Optional<String> share) {
        this.setup = setup;
        this.engine = engine;
        this.backend = backend;
        this.share = share;
    }

    private Map<String, String> options() {
        Map<String, String> options = Sizes.plain(backend);
        if (engine == Engine.MILLRACE) {
            share.ifPresent(
                    value -> options.put("execution.checkpointing.savepoint-writing-share", value));
        }
        return options;
    }

    /**
     * @param rate records a second that the job is given; 0 for as many as it takes
     */
    void run(long keys, long rate) throws Exception {
        Path directory = Files.createTempDirectory(setup.work(), "savepoints-");
        try {
            UpdatePlan plan = new UpdatePlan(keys, 0, rate, 0, UpdatePlan.READERS, "unset");
            if (engine == Engine.FLINK) {
                Path savepoint = take(plan, directory, List.of("canonical")).get(0);
                restore("the savepoint", plan, savepoint);
                restore("the savepoint", plan.at(2 * UpdatePlan.READERS), savepoint);
                return;
            }
            List<Path> both = take(plan, directory, List.of("native", "canonical"));
            restore("native", plan, both.get(0));
            restore("native", plan.at(2 * UpdatePlan.READERS), both.get(0));
            Path converted = directory.resolve("converted");
            String path = both.get(0).toString();
            command("convert", "savepoint", "convert", path, converted.toString());
            print("converted", String.format("%.0f MB", size(converted) / 1e6));
            String tables = both.get(1).toString();
            command("verify", "savepoint", "verify", tables);
            command(
                    "one key",
                    "savepoint",
                    "query",
                    tables,
                    "--operator",
                    "kept",
                    "--state",
                    "account",
                    "--key",
                    "4711");
            restore("tables", plan, both.get(1));
            restore("tables", plan.at(2 * UpdatePlan.READERS), both.get(1));
        } finally {
            Directories.delete(directory);
        }
    }

    /** One of each form, from one job. */
    private List<Path> take(UpdatePlan plan, Path directory, List<String> forms) throws Exception {
        List<Path> taken = new ArrayList<>();
        try (SeatProcess seat = SeatProcess.start(setup, engine, plan, options())) {
            seat.awaitFilled(plan);
            for (String form : forms) {
                Thread.sleep(SPAN_S * 1000);
                long from = System.currentTimeMillis();
                Thread.sleep(SPAN_S * 1000);
                double before = seat.beats().perSecond(from, System.currentTimeMillis());
                SeatProcess.Saved saved = seat.savepoint(form, directory);
                double meanwhile = seat.beats().perSecond(saved.fromMs(), saved.toMs());
                Path path = Path.of(URI.create(saved.path()));
                print(
                        form,
                        String.format(
                                "taken in %.2f s, %.0f MB; %.0f records/s before, %.0f meanwhile:"
                                        + " %.1f %% lost",
                                saved.seconds(),
                                size(path) / 1e6,
                                before,
                                meanwhile,
                                100 * (1 - meanwhile / before)));
                taken.add(path);
            }
        }
        return taken;
    }

    /** From the submission to the first records. */
    private void restore(String what, UpdatePlan plan, Path from) throws Exception {
        Map<String, String> options = options();
        options.put("execution.state-recovery.path", from.toUri().toString());
        long began = System.currentTimeMillis();
        try (SeatProcess seat = SeatProcess.start(setup, engine, plan, options)) {
            long submitted = System.currentTimeMillis();
            long first = seat.beats().firstAfter(0);
            while (first < 0) {
                if (System.currentTimeMillis() > submitted + LIMIT_S * 1000L) {
                    throw new IOException(engine + " did not go on within " + LIMIT_S + " s");
                }
                Thread.sleep(50);
                first = seat.beats().firstAfter(0);
            }
            print(
                    "restored",
                    String.format(
                            "%s at parallelism %d: first records %.2f s after the submission"
                                    + " (cluster started and submitted to in %.2f s)",
                            what,
                            plan.parallelism(),
                            (first - submitted) / 1000.0,
                            (submitted - began) / 1000.0));
        }
    }

    private void command(String name, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(setup.millrace()));
        command.addAll(List.of(words));
        Path log = setup.work().resolve("savepoint-command.log");
        long began = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    || process.exitValue() != 0) {
                throw new IOException(command + " failed; see " + log);
            }
        } finally {
            process.destroyForcibly();
        }
        print(name, String.format("%.2f s", (System.nanoTime() - began) / 1e9));
    }

    private void print(String what, String figures) {
        System.out.printf("savepoint   %-8s %-8s %-9s %s%n", engine, backend, what, figures);
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
