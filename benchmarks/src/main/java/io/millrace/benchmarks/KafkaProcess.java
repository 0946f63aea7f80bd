package io.millrace.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * A broker with its KRaft controller in a process of its own, so that its CPU time is not the
 * engines'. What it has stored goes with it.
 */
final class KafkaProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Child process;
    private final Path directory;
    private final int port;

    private KafkaProcess(Child process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /**
     * @param lib a directory with the jars of the broker, all in it
     */
    static KafkaProcess start(Setup setup, Path lib) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(setup.work(), "kafka-");
        int port = freePort();
        Path properties = directory.resolve("server.properties");
        Files.writeString(properties, properties(directory, port, freePort()));
        String classPath = lib + "/*";
        Child.run(
                List.of(
                        setup.java(),
                        "-cp",
                        classPath,
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        properties.toString()),
                Map.of(),
                setup.work().resolve("kafka-format.log"),
                START);
        Child process =
                Child.start(
                        List.of(
                                setup.java(),
                                "-Xmx1g",
                                "-XX:+UseG1GC",
                                "-cp",
                                classPath,
                                "kafka.Kafka",
                                properties.toString()),
                        Map.of(),
                        setup.work().resolve("kafka.log"));
        KafkaProcess broker = new KafkaProcess(process, directory, port);
        broker.awaitPort();
        return broker;
    }

    private static String properties(Path directory, int port, int controllerPort) {
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "listeners=PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d"
                        .formatted(port, controllerPort),
                "advertised.listeners=PLAINTEXT://localhost:" + port,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.quorum.voters=1@localhost:" + controllerPort,
                "log.dirs=" + directory.resolve("log"),
                "auto.create.topics.enable=false",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=4",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=4",
                "log.segment.delete.delay.ms=1000",
                "");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (Socket socket = new Socket("localhost", port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    String said = process.text();
                    close();
                    throw new IOException("the broker did not start:\n" + said, e);
                }
                Thread.sleep(100);
            }
        }
    }

    String address() {
        return "localhost:" + port;
    }

    @Override
    public void close() throws IOException {
        process.kill();
        process.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
