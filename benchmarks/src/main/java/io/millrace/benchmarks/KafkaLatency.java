package io.millrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How old records are when a reader of committed records sees them: from the producer through one
 * topic, the job with a checkpoint every second, and another topic. The second round of each
 * process counts. Confined to one thread.
 */
final class KafkaLatency {
    private static final int PARTITIONS = 4;
    private static final int PER_SECOND = 5_000;
    private static final int SECONDS = 40;

    /** Until the job has caught up with what came before it ran: those records do not count. */
    private static final int WARM_UP_SECONDS = 15;

    private final Setup setup;
    private final KafkaTopics topics;
    private final List<Contestant> contestants;

    KafkaLatency(Setup setup, KafkaTopics topics, List<Contestant> contestants) {
        this.setup = setup;
        this.topics = topics;
        this.contestants = contestants;
    }

    void run() throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%n| end to end, exactly once, a checkpoint each second, %,d records/s | p50 ms |"
                        + " p99 ms | longest ms | records |%n|---|---|---|---|---|%n",
                PER_SECOND);
        for (Contestant each : contestants) {
            long[] sorted = measured(each);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %,d |%n",
                    each.label(),
                    quantile(sorted, 0.5),
                    quantile(sorted, 0.99),
                    quantile(sorted, 1),
                    sorted.length);
        }
    }

    private static double quantile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, (long) (sorted.length * share))] / 1e6;
    }

    private long[] measured(Contestant contestant) throws IOException {
        long records = (long) PER_SECOND * SECONDS;
        Map<String, String> options = new TreeMap<>(contestant.options());
        options.put("benchmark.from", "paced");
        Contestant own = new Contestant(contestant.label(), contestant.engine(), options);
        String to = options.get("benchmark.to");
        Workload workload =
                new Workload(
                        "kafka-latency",
                        "kafka-copy",
                        "",
                        records,
                        List.of(1),
                        List.of(own),
                        false,
                        0);
        try (Session session = Session.start(setup, workload, 1, own)) {
            round(session, to, records); // cold: the engine, the broker's transactions, the reader
            return round(session, to, records);
        }
    }

    private long[] round(Session session, String to, long records) throws IOException {
        topics.make("paced", PARTITIONS);
        topics.make(to, PARTITIONS);
        List<Long> latencies = new ArrayList<>();
        try (KafkaPacer pacer =
                        KafkaPacer.start(
                                topics.producer(), "paced", PARTITIONS, PER_SECOND, records);
                KafkaStopwatch reader = KafkaStopwatch.start(topics.consumer(to, PARTITIONS))) {
            long counted = pacer.beganNanos() + WARM_UP_SECONDS * 1_000_000_000L;
            session.run();
            for (KafkaStopwatch.Seen seen : reader.awaitAll(records)) {
                if (seen.sentNanos() >= counted) {
                    latencies.add(seen.ageNanos());
                }
            }
        }
        long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
