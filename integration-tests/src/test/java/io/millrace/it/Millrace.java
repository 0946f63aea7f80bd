package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code millrace} command of the distribution, as a user's shell runs it. Immutable. */
final class Millrace {
    static final Duration LIMIT = Duration.ofMinutes(3);
    static final Path CHECKOUT = Path.of(System.getProperty("millrace.checkout"));
    static final Path HOME =
            CHECKOUT.resolve("dist/target/millrace-" + System.getProperty("millrace.version"));
    static final Path EXAMPLES =
            HOME.resolve(
                    "examples/millrace-examples-"
                            + System.getProperty("millrace.version")
                            + ".jar");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;

    private Millrace(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Short lives are not worth the second compiler. */
    static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    /** Without any cluster in the environment. */
    static Millrace plain() {
        return new Millrace(
                Map.of(
                        "MILLRACE_JAVA_OPTS",
                        QUICK_START,
                        "MILLRACE_CONF_DIR",
                        CHECKOUT.resolve("integration-tests/src/test/conf").toString()));
    }

    static Millrace with(Map<String, String> environment) {
        return new Millrace(environment);
    }

    Millrace and(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(key, value);
        return new Millrace(more);
    }

    /** What a command did. Immutable. */
    record Outcome(List<String> command, int exitCode, String out, String err) {
        Outcome succeeded() {
            assertThat(exitCode).as("%s", this).isZero();
            return this;
        }

        /** Checks the exit code and that the first line of the error is {@code CODE: …}. */
        Outcome failedWith(int code, String errorCode) {
            assertThat(exitCode).as("%s", this).isEqualTo(code);
            assertThat(err).as("%s", this).contains(errorCode + ": ");
            return this;
        }

        JsonNode json() {
            try {
                return JSON.readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(toString(), e);
            }
        }

        @Override
        public String toString() {
            return command + " ended with " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    /** A command that is still running; its owner waits for it or kills it. */
    final class Running implements AutoCloseable {
        private final List<String> command;
        private final Process process;
        private final Path out;
        private final Path err;

        private Running(List<String> command) {
            this.command = command;
            try {
                this.out = Files.createTempFile("millrace-it", ".out");
                this.err = Files.createTempFile("millrace-it", ".err");
                out.toFile().deleteOnExit();
                err.toFile().deleteOnExit();
                ProcessBuilder builder =
                        new ProcessBuilder(command)
                                .redirectOutput(out.toFile())
                                .redirectError(err.toFile());
                builder.environment().remove("HADOOP_CONF_DIR");
                builder.environment().putAll(environment);
                this.process = builder.start();
                process.getOutputStream().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Outcome await() {
            return await(LIMIT);
        }

        Outcome await(Duration limit) {
            try {
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError(
                            command + " did not end within " + limit + "\n" + out() + err());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            return new Outcome(command, process.exitValue(), out(), err());
        }

        String out() {
            return read(out);
        }

        String err() {
            return read(err);
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** As {@code kill} does. */
        void terminate() {
            process.destroy();
        }

        /** As {@code kill -9} does, the JVM below the script included. */
        void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        @Override
        public void close() {
            kill();
        }

        private String read(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Outcome run(String... arguments) {
        try (Running running = start(arguments)) {
            return running.await();
        }
    }

    Running start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/millrace").toString()));
        command.addAll(List.of(arguments));
        return new Running(command);
    }
}
