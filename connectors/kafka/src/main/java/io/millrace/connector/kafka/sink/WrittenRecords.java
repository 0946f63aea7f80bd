package io.millrace.connector.kafka.sink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the records of one transaction have gone. Filled by the client's thread; read by the task
 * when all records are acknowledged. Guarded by itself: the client calls once for each record, from
 * one thread, so that the lock is free in all but a few cases.
 */
final class WrittenRecords {
    private final Map<String, Map<Integer, Range>> ranges = new HashMap<>();
    private Range last; // the one of the record before: batches are of one partition

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

    synchronized void add(String topic, int partition, long offset) {
        if (last == null || !last.isOf(topic, partition)) {
            last = find(topic, partition);
        }
        last.first = Math.min(last.first, offset);
        last.last = Math.max(last.last, offset);
        last.records++;
    }

    private Range find(String topic, int partition) {
        return ranges.computeIfAbsent(topic, key -> new HashMap<>())
                .computeIfAbsent(partition, key -> new Range(topic, key));
    }

    /** By topic and partition. */
    synchronized List<WrittenRange> ranges() {
        List<WrittenRange> all = new ArrayList<>();
        ranges.values().forEach(each -> each.values().forEach(one -> all.add(one.frozen())));
        all.sort(
                Comparator.comparing(WrittenRange::topic)
                        .thenComparingInt(WrittenRange::partition));
        return all;
    }
}
