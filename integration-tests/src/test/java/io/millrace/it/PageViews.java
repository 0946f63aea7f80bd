package io.millrace.it;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Numbered views of pages, whose counts are known without an engine: each view's page, partition
 * and time follow from its number. Times are up to half a second out of order. Immutable.
 */
record PageViews(long records, int pages, int partitions, int perSecond, long windowMs) {
    private static final long FIRST_MS = 1_767_225_600_000L; // 2026-01-01
    private static final int DISORDER_MS = 500;

    private static long mixed(long number) {
        long mixed = number * 0x9E3779B97F4A7C15L;
        return (mixed ^ mixed >>> 32) & Long.MAX_VALUE;
    }

    String page(long number) {
        return "page-" + mixed(number) % pages;
    }

    long timeMs(long number) {
        return FIRST_MS + DISORDER_MS + number * 1000 / perSecond - mixed(number + 1) % DISORDER_MS;
    }

    ProducerRecord<String, String> record(String topic, long number) {
        int partition = (int) (number % partitions);
        return new ProducerRecord<>(topic, partition, timeMs(number), null, page(number));
    }

    /** The number of views in a partition. */
    long end(int partition) {
        return (records - partition + partitions - 1) / partitions;
    }

    /** Of a page, and the window that begins then. */
    record Cell(String page, long windowMs) {}

    /** What is to be counted. */
    Map<Cell, Long> counts() {
        Map<Cell, Long> counts = new HashMap<>();
        for (long i = 0; i < records; i++) {
            long timeMs = timeMs(i);
            counts.merge(new Cell(page(i), timeMs - timeMs % windowMs), 1L, Long::sum);
        }
        return counts;
    }

    /** Found counts against those that must be there. Immutable. */
    record Verdict(long counted, long lost, long doubled) {
        static Verdict of(Map<Cell, Long> expected, Map<Cell, Long> found) {
            long lost = 0;
            long doubled = 0;
            for (Map.Entry<Cell, Long> each : expected.entrySet()) {
                long difference = found.getOrDefault(each.getKey(), 0L) - each.getValue();
                lost += Math.max(0, -difference);
                doubled += Math.max(0, difference);
            }
            for (Map.Entry<Cell, Long> each : found.entrySet()) {
                doubled += expected.containsKey(each.getKey()) ? 0 : each.getValue();
            }
            long counted = found.values().stream().mapToLong(Long::longValue).sum();
            return new Verdict(counted, lost, doubled);
        }

        boolean isExact() {
            return lost == 0 && doubled == 0;
        }
    }
}
