package io.millrace.connector.kafka.sink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the records of one transaction have gone. Filled by the client's one thread; read by the
 * task when all records are acknowledged, and nothing is added any more.
 */
final class WrittenRecords {
    private final Map<String, Map<Integer, Range>> ranges = new HashMap<>();
    private Range last; // the one of the record before: batches are of one partition

    // Set by the client's thread after all that it has changed, read by the task before it looks:
    // publishes, without a lock for each record.
    private final AtomicLong added = new AtomicLong();

    private static final class Range {
        private final String topic;
        private final int partition;
        private long first = Long.MAX_VALUE;
        private long last = -1;
        private long records;

        Range(String topic, int partition) {
            this.topic = topic;
            this.partition = partition;
        }

        boolean isOf(String topic, int partition) {
            return this.partition == partition && this.topic.equals(topic);
        }

        WrittenRange frozen() {
            return new WrittenRange(topic, partition, first, last, records);
        }
    }

    /** By the client's thread. */
    void add(String topic, int partition, long offset) {
        if (last == null || !last.isOf(topic, partition)) {
            last = find(topic, partition);
        }
        last.first = Math.min(last.first, offset);
        last.last = Math.max(last.last, offset);
        last.records++;
        added.lazySet(added.getPlain() + 1);
    }

    private Range find(String topic, int partition) {
        return ranges.computeIfAbsent(topic, key -> new HashMap<>())
                .computeIfAbsent(partition, key -> new Range(topic, key));
    }

    /** By topic and partition. By the task, after the producer was flushed. */
    List<WrittenRange> ranges() {
        List<WrittenRange> all = new ArrayList<>();
        if (added.get() == 0) {
            return all;
        }
        ranges.values().forEach(each -> each.values().forEach(one -> all.add(one.frozen())));
        all.sort(
                Comparator.comparing(WrittenRange::topic)
                        .thenComparingInt(WrittenRange::partition));
        return all;
    }
}
