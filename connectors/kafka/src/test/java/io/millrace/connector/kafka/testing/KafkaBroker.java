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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;

/**
 * One broker and its KRaft controller, in this JVM, on ports of localhost that it keeps. What it
 * stores outlives {@link #stop}: the next {@link #start} finds it. Transactions work, with one
 * replica, and time out within seconds after their time. Confined to the test's thread.
 */
public final class KafkaBroker implements AutoCloseable {
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

    private static Map<String, String> settings(
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

    /** {@code host:port}; the same for as long as this object lives. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** A new object with the address only. */
    public Properties clientProperties() {
        Properties properties = new Properties();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
        return properties;
    }

    /** To be closed by the caller. */
    public Admin admin() {
        return Admin.create(clientProperties());
    }

    /** Returns once the broker itself tells of the topic: the controller knows it sooner. */
    public void createTopic(String topic, int partitions) {
        createTopic(topic, partitions, Map.of());
    }

    public void createTopic(String topic, int partitions, Map<String, String> configs) {
        try (Admin admin = admin()) {
            createTopic(admin, topic, partitions, configs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + topic + " was not made", e.getCause());
        }
    }

    /** The same by a client of the caller's, for brokers that are reached at another address. */
    public static void createTopic(
            Admin admin, String topic, int partitions, Map<String, String> configs)
            throws InterruptedException, ExecutionException {
        NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(configs);
        Uuid id = admin.createTopics(Set.of(wanted)).topicId(topic).get();
        awaitTopic(
                admin,
                topic,
                known -> known.map(TopicDescription::topicId).equals(Optional.of(id)));
    }

    /** Returns once the broker itself tells of so many partitions. */
    public void increasePartitions(String topic, int partitions) {
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
            awaitTopic(
                    admin,
                    topic,
                    known -> known.isPresent() && known.get().partitions().size() == partitions);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "topic " + topic + " did not get " + partitions + " partitions", e.getCause());
        }
    }

    /** Returns once the broker itself knows the topic no more. */
    public void deleteTopic(String topic) {
        try (Admin admin = admin()) {
            admin.deleteTopics(Set.of(topic)).all().get();
            awaitTopic(admin, topic, Optional::isEmpty);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + topic + " was not deleted", e.getCause());
        }
    }

    private static void awaitTopic(
            Admin admin, String topic, Predicate<Optional<TopicDescription>> wanted)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Optional<TopicDescription> known = describe(admin, topic);
        while (!wanted.test(known)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "the broker still says " + known + " of topic " + topic);
            }
            Thread.onSpinWait();
            known = describe(admin, topic);
        }
    }

    private static Optional<TopicDescription> describe(Admin admin, String topic)
            throws InterruptedException, ExecutionException {
        try {
            return Optional.of(
                    admin.describeTopics(Set.of(topic)).topicNameValues().get(topic).get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Writes values in order and waits until the broker has them. */
    public void send(String topic, int partition, String... values) {
        try (Producer<String, String> producer =
                new KafkaProducer<>(
                        clientProperties(), new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, partition, null, value));
            }
        }
    }

    /**
     * All records that a reader sees now, by partition and offset; values are text.
     *
     * @param isolation {@code read_committed} or {@code read_uncommitted}
     */
    public List<ConsumerRecord<String, String>> read(String topic, String isolation) {
        Properties properties = clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(java.time.Duration.ofMillis(100)).forEach(records::add);
            }
        }
        records.sort(
                java.util.Comparator.<ConsumerRecord<String, String>>comparingInt(
                                ConsumerRecord::partition)
                        .thenComparingLong(ConsumerRecord::offset));
        return records;
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
