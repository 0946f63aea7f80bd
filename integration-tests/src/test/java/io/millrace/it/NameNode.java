package io.millrace.it;

import io.millrace.api.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

/** The sandbox's NameNode as a process that dies and comes back. */
final class NameNode {
    private final Sandbox sandbox;
    private List<String> commandLine;

    NameNode(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    private Path record() {
        return sandbox.directory().resolve("run/namenode.properties");
    }

    void kill() {
        try {
            Properties record = new Properties();
            try (var in = Files.newBufferedReader(record())) {
                record.load(in);
            }
            ProcessHandle process =
                    ProcessHandle.of(Long.parseLong(record.getProperty("pid"))).orElseThrow();
            byte[] line = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
            commandLine = List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
            process.destroyForcibly();
            Await.until(
                    "the NameNode is dead",
                    Duration.ofSeconds(30),
                    process::isAlive,
                    alive -> !alive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same process again, known to the sandbox; returns when it serves. */
    void start() {
        try {
            Process process =
                    new ProcessBuilder(commandLine)
                            .directory(sandbox.directory().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            sandbox.directory()
                                                    .resolve("logs/namenode.log")
                                                    .toFile()))
                            .start();
            process.getOutputStream().close();
            Properties record = new Properties();
            record.setProperty("pid", String.valueOf(process.pid()));
            record.setProperty(
                    "startedAtMs",
                    String.valueOf(
                            process.info().startInstant().orElse(Instant.now()).toEpochMilli()));
            try (var out = Files.newBufferedWriter(record())) {
                record.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("the NameNode serves", Duration.ofMinutes(1), this::serves, serves -> serves);
    }

    private boolean serves() {
        try {
            return sandbox.hdfs().exists("/");
        } catch (UncheckedIOException e) {
            return false; // not listening yet
        }
    }
}
