package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process with its output in a file. Confined to the caller. */
public final class Child implements AutoCloseable {
    private final Process process;
    private final Path output;

    private Child(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Child start(List<String> command, Map<String, String> environment, Path output)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Child(builder.start(), output);
    }

    /** Starts, waits for a clean end, and gives the output. */
    public static String run(
            List<String> command, Map<String, String> environment, Path output, Duration limit)
            throws IOException, InterruptedException {
        try (Child child = start(command, environment, output)) {
            if (!child.process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(command + " did not end within " + limit + "; see " + output);
            }
            if (child.process.exitValue() != 0) {
                throw new IOException(
                        command
                                + " ended with code "
                                + child.process.exitValue()
                                + "; its output:\n"
                                + child.text());
            }
            return child.text();
        }
    }

    String text() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** CPU time so far, in ms; works while the process lives. */
    long cpuMs() {
        return process.toHandle().info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
