package io.millrace.connector.kafka.source;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.SourceReaderMetricGroup;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/**
 * The metrics of a reader. Registers from the task, and the client's own from the fetching thread;
 * reporters read at any time.
 *
 * <p>{@code KafkaSourceReader.topic.T.partition.P.currentOffset} and {@code committedOffset}: the
 * last that was emitted, and told to the group; -1 before the first. {@code recordsLag} beside
 * them, and {@code pendingRecords} of all: records that are left. {@code
 * KafkaSourceReader.commitsSucceeded}, {@code commitsFailed}. {@code
 * KafkaSourceReader.KafkaConsumer}: the client's own.
 */
final class ReaderMetrics {
    private static final Set<String> CLIENT_GROUPS =
            Set.of(
                    "consumer-metrics",
                    "consumer-fetch-manager-metrics",
                    "consumer-coordinator-metrics");

    private final MetricGroup group;

    /** Written by the task, read by reporters and the fetching thread. */
    private final Map<TopicPartition, ReadPartition<?>> partitions = new ConcurrentHashMap<>();

    ReaderMetrics(SourceReaderMetricGroup reader) {
        this.group = reader.addGroup("KafkaSourceReader");
        reader.setPendingRecordsGauge(
                () -> partitions.values().stream().mapToLong(ReadPartition::lag).sum());
    }

    Counter commitsSucceeded() {
        return group.counter("commitsSucceeded");
    }

    Counter commitsFailed() {
        return group.counter("commitsFailed");
    }

    void register(ReadPartition<?> partition) {
        partitions.put(partition.partition(), partition);
        MetricGroup own =
                group.addGroup("topic", partition.partition().topic())
                        .addGroup("partition", String.valueOf(partition.partition().partition()));
        own.gauge("currentOffset", () -> partition.position() - 1);
        own.gauge("committedOffset", partition::committed);
        own.gauge("recordsLag", partition::lag);
    }

    /** Nothing of it is left to read; its own numbers stay. */
    void onFinished(ReadPartition<?> partition) {
        partitions.remove(partition.partition());
    }

    void onCommitted(Map<TopicPartition, Long> offsets) {
        offsets.forEach(
                (partition, offset) -> {
                    ReadPartition<?> read = partitions.get(partition);
                    if (read != null) {
                        read.onCommitted(offset);
                    }
                });
    }

    void registerClient(Consumer<?, ?> client) {
        MetricGroup own = group.addGroup("KafkaConsumer");
        for (Map.Entry<MetricName, ? extends Metric> metric : client.metrics().entrySet()) {
            MetricName name = metric.getKey();
            boolean oneOfItsName = name.tags().keySet().equals(Set.of("client-id"));
            if (CLIENT_GROUPS.contains(name.group()) && oneOfItsName) {
                Metric read = metric.getValue();
                own.gauge(name.name(), () -> read.metricValue());
            }
        }
    }
}
