package io.millrace.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Whether a job stands still while it finds 1,000 partitions more: records come steadily to a topic
 * that it reads, and a second topic appears. The longest age of a record in that time, beside that
 * which a consumer of the first topic sees: what the broker and the machine add. Confined to one
 * thread.
 */
final class KafkaDiscovery {
    private static final int PARTITIONS = 4;
    private static final int MORE = 1_000;
    private static final int PER_SECOND = 1_000;
    private static final int QUIET_SECONDS = 20;
    private static final int LIMIT_SECONDS = 120;

    /** The number in records of the second topic, whose age nobody asks for. */
    private static final long MARK = 0;

    private final Setup setup;
    private final KafkaTopics topics;
    private final List<Contestant> contestants;

    KafkaDiscovery(Setup setup, KafkaTopics topics, List<Contestant> contestants) {
        this.setup = setup;
        this.topics = topics;
        this.contestants = contestants;
    }

    void run() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%n| %,d partitions appear, a look each second | longest ms before | longest ms"
                        + " then | a consumer's, before | then | all read after s |%n"
                        + "|---|---|---|---|---|---|%n",
                MORE);
        for (Contestant each : contestants) {
            measure(each);
        }
    }

    private void measure(Contestant contestant) throws IOException, InterruptedException {
        String prefix = "found-" + contestant.label().toLowerCase(Locale.ROOT);
        Map<String, String> options = new TreeMap<>(contestant.options());
        options.put("benchmark.from", prefix);
        Contestant own = new Contestant(contestant.label(), contestant.engine(), options);
        String to = options.get("benchmark.to");
        topics.make(prefix + "-0", PARTITIONS);
        topics.make(to, PARTITIONS);
        Workload workload =
                new Workload(
                        "kafka-discovery",
                        "kafka-discover",
                        "",
                        0,
                        List.of(1),
                        List.of(own),
                        false,
                        0);
        try (Session session = Session.start(setup, workload, 1, own);
                KafkaPacer pacer =
                        KafkaPacer.start(
                                topics.producer(),
                                prefix + "-0",
                                PARTITIONS,
                                PER_SECOND,
                                Long.MAX_VALUE);
                KafkaStopwatch plain =
                        KafkaStopwatch.start(topics.consumer(prefix + "-0", PARTITIONS));
                KafkaStopwatch reader = KafkaStopwatch.start(topics.consumer(to, PARTITIONS))) {
            session.begin();
            TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            long quiet = System.nanoTime();
            TimeUnit.SECONDS.sleep(QUIET_SECONDS / 2);
            long began = System.nanoTime();
            topics.make(prefix + "-1", MORE);
            mark(prefix + "-1");
            long marked = System.nanoTime();
            long all = awaitMarks(reader);
            TimeUnit.SECONDS.sleep(2);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %.0f | %.1f |%n",
                    contestant.label(),
                    longest(reader, quiet, began),
                    longest(reader, began, all),
                    longest(plain, quiet, began),
                    longest(plain, began, all),
                    (all - marked) / 1e9);
            session.kill();
        }
    }

    private void mark(String topic) {
        try (KafkaProducer<byte[], byte[]> producer = topics.producer()) {
            for (int partition = 0; partition < MORE; partition++) {
                producer.send(
                        new ProducerRecord<>(topic, partition, null, KafkaTopics.record(MARK)));
            }
        }
    }

    private static long awaitMarks(KafkaStopwatch reader) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (reader.soFar().stream().filter(seen -> seen.sentNanos() == MARK).count() < MORE) {
            if (System.nanoTime() > deadline) {
                throw new IOException("not all of the new partitions were read");
            }
            Thread.sleep(100);
        }
        return System.nanoTime();
    }

    /** In milliseconds, of records that were due in between. */
    private static double longest(KafkaStopwatch reader, long fromNanos, long toNanos) {
        return reader.soFar().stream()
                        .filter(seen -> seen.sentNanos() >= fromNanos && seen.sentNanos() < toNanos)
                        .mapToLong(KafkaStopwatch.Seen::ageNanos)
                        .max()
                        .orElse(-1)
                / 1e6;
    }
}
