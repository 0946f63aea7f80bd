package io.millrace.connector.kafka.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * A broker of another release than the tests' own, with its controller, from a directory of its
 * jars, in a process of its own. Confined to the thread that has it.
 */
public final class KafkaProcess implements KafkaServer {
    private static final long START_SECONDS = 120;
    private static final long END_SECONDS = 30;

    private final int port;
    private final Process process;

    private KafkaProcess(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Returns once clients can connect.
     *
     * @param jars the directory of all that the broker needs, Scala's library among it
     * @param directory where it stores; must be empty or absent
     * @throws IOException with the place of its log, if it does not come
     */
    public static KafkaProcess startIn(Path jars, Path directory) throws IOException {
        if (!Files.isDirectory(jars)) {
            throw new IOException(
                    "there are no jars of a broker at "
                            + jars.toAbsolutePath()
                            + "; those of Kafka 3 come by: mvn -q -f benchmarks/kafka-3"
                            + " dependency:copy-dependencies");
        }
        Files.createDirectories(directory);
        int[] ports = KafkaBroker.freePorts();
        Path file = directory.resolve("server.properties");
        Properties settings = new Properties();
        settings.putAll(
                KafkaBroker.settings(ports[0], ports[1], directory.resolve("log"), Map.of()));
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        Path log = directory.resolve("process.log");
        Process format =
                java(
                        jars,
                        log,
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        file.toString());
        if (!endsWithin(format, START_SECONDS) || format.exitValue() != 0) {
            throw new IOException("The broker's directory was not formatted: see " + log);
        }
        KafkaProcess broker =
                new KafkaProcess(ports[0], java(jars, log, "kafka.Kafka", file.toString()));
        broker.awaitStart(log);
        return broker;
    }

    private static Process java(Path jars, Path log, String main, String... arguments)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                jars.toAbsolutePath() + "/*",
                                main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private void awaitStart(Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try (Admin admin = admin()) {
            while (!answers(admin)) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    close();
                    throw new IOException("The broker did not come: see " + log);
                }
            }
        }
    }

    /** Waits as long as the client does. */
    private static boolean answers(Admin admin) throws IOException {
        try {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static boolean endsWithin(Process process, long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Ends the process, at once if it does not end by itself; what it has stored stays. */
    @Override
    public void close() {
        process.destroy();
        if (!endsWithin(process, END_SECONDS)) {
            process.destroyForcibly();
        }
    }
}
