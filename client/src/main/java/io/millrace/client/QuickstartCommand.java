package io.millrace.client;

import io.millrace.api.option.Config;
import io.millrace.client.job.Numbers;
import io.millrace.client.sandbox.Sandbox;
import io.millrace.client.sandbox.SandboxParts;
import io.millrace.client.sandbox.SandboxPlaces;
import io.millrace.yarn.submit.SubmittedApplication;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code millrace quickstart}: from nothing to the counted words of a real text on a cluster, and
 * back. Leaves the sandbox as it found it, however it ends.
 */
@Command(
        name = "quickstart",
        description =
                "Starts a sandbox, counts the words of a real text on its YARN, shows the most"
                        + " frequent ones, and stops the sandbox.",
        sortOptions = false)
final class QuickstartCommand implements Callable<Integer> {
    private static final int WORKERS = 2;
    private static final int SLOTS = 2;
    private static final Duration START_DEADLINE = Duration.ofSeconds(180);

    private final Surroundings surroundings;
    private final Map<String, Long> stagesMs = new LinkedHashMap<>();

    @Option(names = "--dir", description = "Where the sandbox lies, as of 'millrace sandbox'.")
    private Path directory;

    @Option(names = "--keep", description = "Leaves the sandbox running.")
    private boolean keep;

    QuickstartCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Instant began = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        Sandbox sandbox =
                new Sandbox(
                        SandboxPlaces.directory(directory), SandboxPlaces.libraries(), this::say);
        AtomicBoolean ours = new AtomicBoolean();
        Thread onInterrupt = new Thread(() -> onInterrupt(sandbox, ours), "stop-sandbox");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        int exitCode;
        try {
            say("1/5 Starting HDFS, YARN and ZooKeeper in " + sandbox.directory());
            // Set first: an interrupted start leaves processes, too.
            ours.set(!keep && !sandbox.status().ready());
            stage("sandbox start", () -> sandbox.start(START_DEADLINE, SandboxParts.PLAIN));
            exitCode = count(surroundings.withCluster(sandbox.confDir()));
        } finally {
            if (ours.get()) {
                say("5/5 Stopping the sandbox");
            }
            stage("sandbox stop", () -> stop(sandbox, ours));
        }
        long tookMs = Duration.between(began, Instant.now()).toMillis();
        report(sandbox, tookMs, exitCode);
        return exitCode;
    }

    private int count(Surroundings cluster) {
        Path examples = examplesJar(cluster.home());
        QuickstartFiles files = QuickstartFiles.on(cluster);
        say("2/5 Putting the text on HDFS");
        say("    " + stage("corpus", () -> files.putCorpus(examples)));

        String output = files.newOutput();
        Config config =
                ClientConfig.of(
                        cluster,
                        Map.of("yarn.worker.slots", String.valueOf(SLOTS)),
                        WORKERS * SLOTS);
        Program program =
                new Program(
                        "WordCount",
                        examples,
                        "io.millrace.examples.WordCount",
                        List.of("--input", files.corpus(), "--output", output),
                        config);
        say("3/5 Counting its words on YARN: " + WORKERS + " workers of " + SLOTS + " slots");
        try (YarnApplications applications = cluster.connectToYarn(config)) {
            YarnRun run = new YarnRun(cluster, applications);
            SubmittedApplication submitted = stage("submit", () -> run.submit(program));
            say("    application " + submitted.applicationId());
            int exitCode = stage("job", () -> run.follow(submitted));
            if (exitCode == 0) {
                say("4/5 The most frequent words:");
                show(stage("read result", () -> files.mostFrequent(output, 10)));
                say("    application  " + submitted.applicationId());
                say("    output       " + output);
            }
            return exitCode;
        }
    }

    private void show(List<Map.Entry<String, Long>> words) {
        PrintWriter out = surroundings.out();
        for (Map.Entry<String, Long> word : words) {
            out.printf("%12s  %s%n", Numbers.count(word.getValue()), word.getKey());
        }
        out.flush();
    }

    private void report(Sandbox sandbox, long tookMs, int exitCode) {
        String stages =
                stagesMs.entrySet().stream()
                        .map(stage -> stage.getKey() + " " + Numbers.duration(stage.getValue()))
                        .collect(Collectors.joining(", "));
        say("Took " + Numbers.duration(tookMs) + " in all: " + stages + ".");
        Path file = sandbox.directory().resolve("quickstart.log");
        try {
            Files.writeString(
                    file,
                    Instant.now()
                            + " exit="
                            + exitCode
                            + " totalMs="
                            + tookMs
                            + " "
                            + stages
                            + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            say("The figure could not be added to " + file + ": " + e);
        }
    }

    private void onInterrupt(Sandbox sandbox, AtomicBoolean ours) {
        if (ours.get()) {
            say("Interrupted: stopping the sandbox and what runs on it");
            stop(sandbox, ours);
        }
    }

    private static boolean stop(Sandbox sandbox, AtomicBoolean ours) {
        if (ours.getAndSet(false)) {
            sandbox.stop();
            return true;
        }
        return false;
    }

    private <T> T stage(String name, java.util.function.Supplier<T> work) {
        long startedNanos = System.nanoTime();
        T result = work.get();
        stagesMs.put(name, (System.nanoTime() - startedNanos) / 1_000_000);
        return result;
    }

    private static Path examplesJar(Path home) {
        try (Stream<Path> files = Files.list(home.resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no jar in " + home.resolve("examples")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void say(String line) {
        surroundings.err().println(line);
    }
}
