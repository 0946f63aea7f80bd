package io.millrace.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs one workload as often as it is told to, so that it is warm. Confined to the
 * caller.
 */
final class Session implements AutoCloseable {
    private static final String TEMPORARY = "temporary";

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;
    private final Path errors;
    private final Path results;
    private int rounds;

    private Session(Process process, Path errors, Path results) {
        this.process = process;
        this.errors = errors;
        this.results = results;
        this.commands =
                new BufferedWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Session start(Setup setup, Workload workload, int parallelism, Contestant contestant)
            throws IOException {
        return start(setup, workload, parallelism, contestant, Duration.ofHours(4));
    }

    /**
     * @param limit after which the process is ended, and what waits for it with it
     */
    static Session start(
            Setup setup, Workload workload, int parallelism, Contestant contestant, Duration limit)
            throws IOException {
        List<String> command = new ArrayList<>(contestant.command(setup));
        command.add(workload.program());
        command.add(String.valueOf(parallelism));
        command.add(String.valueOf(workload.records()));
        contestant.options().forEach((key, value) -> command.add(key + "=" + value));
        Path errors =
                setup.work()
                        .resolve(
                                workload.name()
                                        + "-"
                                        + parallelism
                                        + "-"
                                        + contestant.label().replace(' ', '-')
                                        + ".log");
        Path results = Files.createTempDirectory("benchmark-");
        // A process that is killed leaves there what it has: it goes with the session.
        command.add(1, "-Djava.io.tmpdir=" + Files.createDirectory(results.resolve(TEMPORARY)));
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        CompletableFuture.delayedExecutor(limit.toSeconds(), TimeUnit.SECONDS)
                .execute(process::destroyForcibly);
        Session session = new Session(process, errors, results);
        try {
            session.await("READY");
        } catch (IOException e) {
            session.close();
            throw e;
        }
        return session;
    }

    /**
     * Starts the job without waiting: one that has no end. Nothing but {@link #kill} comes next.
     */
    void begin() throws IOException {
        tell(results);
    }

    /** Where a job that was begun leaves its results. */
    Path results() {
        return results;
    }

    /**
     * Nothing, while the process lives.
     *
     * @throws IOException says where its log is
     */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(
                    "the process ended by itself with code "
                            + process.exitValue()
                            + "; see "
                            + errors);
        }
    }

    /** Ends the process, whatever it does. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void tell(Path directory) throws IOException {
        commands.write(directory + "\n");
        commands.flush();
    }

    /** Runs the job once and waits for its end. */
    Round run() throws IOException {
        Path directory = Files.createDirectory(results.resolve("" + rounds++));
        tell(directory);
        Round round = Round.parse(await("MEASURED"));
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
        return round;
    }

    private String await(String word) throws IOException {
        String line;
        while ((line = answers.readLine()) != null) {
            if (line.startsWith(word)) {
                return line;
            }
        }
        throw new IOException(
                "a measured process ended early; its errors, from "
                        + errors
                        + ":\n"
                        + Files.readString(errors));
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
                process.waitFor();
            }
            Directories.delete(results);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
