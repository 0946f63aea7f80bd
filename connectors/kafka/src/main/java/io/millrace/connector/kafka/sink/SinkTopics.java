package io.millrace.connector.kafka.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;

/**
 * What a schema may ask of the sink. Confined to the task. Partitions are asked for again after a
 * minute, so that new ones come into use.
 */
final class SinkTopics implements KafkaRecordSerializationSchema.KafkaSinkContext {
    private static final long VALID_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int subtask;
    private final int parallelism;
    private final Producers producers;
    private final String servers;
    private final Map<String, Known> known = new HashMap<>();

    /** Gives a producer to ask. */
    @FunctionalInterface
    interface Producers {
        Producer<byte[], byte[]> get() throws InterruptedException;
    }

    private record Known(int[] partitions, long atNanos) {}

    SinkTopics(int subtask, int parallelism, Producers producers, String servers) {
        this.subtask = subtask;
        this.parallelism = parallelism;
        this.producers = producers;
        this.servers = servers;
    }

    @Override
    public int getParallelInstanceId() {
        return subtask;
    }

    @Override
    public int getNumberOfParallelInstances() {
        return parallelism;
    }

    @Override
    public int[] getPartitionsForTopic(String topic) {
        Known before = known.get(topic);
        long now = System.nanoTime();
        if (before == null || now - before.atNanos > VALID_NANOS) {
            before = new Known(ask(topic), now);
            known.put(topic, before);
        }
        return before.partitions;
    }

    private int[] ask(String topic) {
        try {
            List<PartitionInfo> partitions = producers.get().partitionsFor(topic);
            return partitions.stream().mapToInt(PartitionInfo::partition).sorted().toArray();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(topic, e);
        } catch (KafkaException e) {
            try {
                throw SinkErrors.of(e, "ask for the partitions of topic '" + topic + "'", servers);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw interrupted(topic, stopped);
            }
        }
    }

    private static MillraceException interrupted(String topic, InterruptedException e) {
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "interrupted while asking for the partitions of topic '" + topic + "'.",
                e);
    }
}
