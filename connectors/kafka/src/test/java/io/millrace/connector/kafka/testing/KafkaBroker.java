package io.millrace.connector.kafka.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One broker and its KRaft controller, in this JVM, on ports of localhost that it keeps. What it
 * stores outlives {@link #stop}: the next {@link #start} finds it. Transactions work, with one
 * replica, and time out within seconds after their time. Confined to the test's thread.
 */
public final class KafkaBroker implements KafkaServer {
    /** The longest time-out of a transaction that the broker allows: Kafka's own. */
    public static final int MAX_TRANSACTION_TIMEOUT_MS = 900_000;

    private static final int NODE = 1;
    private static final int LOWEST_PORT = 10_000;
    private static final int HIGHEST_PORT = 20_000;

    /** Another process may take a port between the look and the start. */
    private static final int ATTEMPTS = 3;

    private final Path directory;
    private final Map<String, String> settings;
    private final int port;
    private KafkaRaftServer server;

    private KafkaBroker(Path directory, Map<String, String> more) {
        this.directory = directory;
        int[] ports = freePorts();
        this.port = ports[0];
        this.settings = settings(ports[0], ports[1], directory.resolve("log"), more);
    }

    /** Starts a new broker that stores below {@code directory}, which must be empty or absent. */
    public static KafkaBroker startIn(Path directory) throws IOException {
        return startIn(directory, Map.of());
    }

    /**
     * @param more settings of the broker, which win over those of this class
     */
    public static KafkaBroker startIn(Path directory, Map<String, String> more) throws IOException {
        Files.createDirectories(directory);
        for (int attempt = 1; ; attempt++) {
            KafkaBroker broker = new KafkaBroker(directory, more);
            if (attempt == 1) {
                broker.format();
            }
            try {
                broker.start();
                return broker;
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !isPortTaken(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isPortTaken(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** Of a broker that is its own controller. */
    static Map<String, String> settings(
            int port, int controllerPort, Path log, Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE));
        settings.put(
                "listeners",
                "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
        settings.put("log.dirs", log.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("transaction.max.timeout.ms", String.valueOf(MAX_TRANSACTION_TIMEOUT_MS));
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
        settings.put("log.cleaner.enable", "false");
        settings.put("log.retention.check.interval.ms", "1000");
        settings.put("log.initial.task.delay.ms", "500");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.putAll(more);
        return settings;
    }

    private void format() throws IOException {
        Path file = directory.resolve("server.properties");
        Properties stored = new Properties();
        stored.putAll(settings);
        try (OutputStream out = Files.newOutputStream(file)) {
            stored.store(out, null);
        }
        java.io.ByteArrayOutputStream said = new java.io.ByteArrayOutputStream();
        int exit =
                StorageTool.execute(
                        new String[] {
                            "format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()
                        },
                        new PrintStream(said, true, StandardCharsets.UTF_8));
        if (exit != 0) {
            throw new IOException(
                    "The broker's directory was not formatted: "
                            + said.toString(StandardCharsets.UTF_8));
        }
    }

    /** Goes on with what is stored; returns once clients can connect. */
    public void start() {
        if (server != null) {
            throw new IllegalStateException("The broker runs.");
        }
        server = new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    /** Ends the broker, if it runs; what it has stored stays. */
    public void stop() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    public void restart() {
        stop();
        start();
    }

    @Override
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Two, below those that systems take for outgoing connections. */
    public static int[] freePorts() {
        RandomGenerator random = new SecureRandom();
        int first = freePort(random, 0);
        return new int[] {first, freePort(random, first)};
    }

    private static int freePort(RandomGenerator random, int other) {
        while (true) {
            int port = random.nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (port != other) {
                    return probe.getLocalPort();
                }
            } catch (IOException e) {
                continue; // taken
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
