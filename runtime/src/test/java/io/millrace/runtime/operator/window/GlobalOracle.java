package io.millrace.runtime.operator.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one window for all records of a key gives, by the definition of triggers and evictors.
 * Confined to the test.
 */
final class GlobalOracle {
    private final Fires fires;
    private final Leaves leaves;
    private final Map<String, Open> open = new TreeMap<>();

    /** When the window fires. */
    enum Fires {
        EACH_THIRD,
        EACH_THIRD_AND_DROPS,
        ON_A_DIFFERENCE,
        EVERY_TWENTY_MS
    }

    /** What an evictor leaves of a window, before the function sees it or after. */
    enum Leaves {
        ALL,
        LAST_TWO_BEFORE,
        LAST_TWO_AFTER,
        LAST_TEN_MS_BEFORE,
        LAST_TEN_MS_AFTER,
        NEAR_THE_LAST_BEFORE,
        NEAR_THE_LAST_AFTER;

        boolean isBefore() {
            return name().endsWith("BEFORE");
        }

        boolean isAfter() {
            return name().endsWith("AFTER");
        }
    }

    static final int COUNT = 3;
    static final long DIFFERENCE = 6;
    static final long INTERVAL_MS = 20;
    static final int LAST = 2;
    static final long LAST_MS = 10;

    private record Stamped(Event event, long timestampMs) {}

    private record Firing(long timeMs, String key) {}

    /** What there is of a key. */
    private static final class Open {
        private final List<Stamped> records = new ArrayList<>();
        private int count;
        private Event compared;
        private long nextMs = Long.MIN_VALUE; // none
    }

    GlobalOracle(Fires fires, Leaves leaves) {
        this.fires = fires;
        this.leaves = leaves;
    }

    /** What comes out when a record comes. */
    List<String> record(Event event, long timestampMs) {
        Open window = open.computeIfAbsent(event.key(), key -> new Open());
        window.records.add(new Stamped(event, timestampMs));
        boolean now =
                switch (fires) {
                    case EACH_THIRD, EACH_THIRD_AND_DROPS -> isThird(window);
                    case ON_A_DIFFERENCE -> differs(window, event);
                    case EVERY_TWENTY_MS -> {
                        if (window.nextMs == Long.MIN_VALUE) {
                            window.nextMs = nextAfter(timestampMs);
                        }
                        yield false;
                    }
                };
        return now ? fire(event.key(), window) : List.of();
    }

    private static boolean isThird(Open window) {
        window.count++;
        if (window.count < COUNT) {
            return false;
        }
        window.count = 0;
        return true;
    }

    private static boolean differs(Open window, Event event) {
        if (window.compared != null && difference(window.compared, event) <= DIFFERENCE) {
            return false;
        }
        boolean first = window.compared == null;
        window.compared = event;
        return !first;
    }

    static double difference(Event a, Event b) {
        return Math.abs(a.gap() - b.gap());
    }

    private static long nextAfter(long timestampMs) {
        return Math.floorDiv(timestampMs, INTERVAL_MS) * INTERVAL_MS + INTERVAL_MS;
    }

    /** What comes out when time goes on. */
    List<String> watermark(long timestampMs) {
        List<String> out = new ArrayList<>();
        if (fires != Fires.EVERY_TWENTY_MS) {
            return out;
        }
        List<Firing> due = new ArrayList<>();
        open.forEach(
                (key, window) -> {
                    while (window.nextMs != Long.MIN_VALUE && window.nextMs <= timestampMs) {
                        due.add(new Firing(window.nextMs, key));
                        // At the end of time there is no next one, but the end.
                        window.nextMs =
                                timestampMs == Long.MAX_VALUE
                                        ? Long.MIN_VALUE
                                        : nextAfter(window.nextMs);
                    }
                    if (timestampMs == Long.MAX_VALUE) {
                        due.add(new Firing(Long.MAX_VALUE, key));
                    }
                });
        due.sort(Comparator.comparingLong(Firing::timeMs));
        due.forEach(firing -> out.addAll(fire(firing.key, open.get(firing.key))));
        return out;
    }

    private List<String> fire(String key, Open window) {
        if (window.records.isEmpty()) {
            return List.of();
        }
        if (leaves.isBefore()) {
            evict(window.records);
        }
        String shown =
                key + " " + window.records.stream().map(record -> record.event.id()).toList();
        if (leaves.isAfter()) {
            evict(window.records);
        }
        if (fires == Fires.EACH_THIRD_AND_DROPS) {
            window.records.clear();
        }
        return List.of(shown);
    }

    private void evict(List<Stamped> records) {
        if (records.isEmpty()) {
            return;
        }
        Stamped last = records.get(records.size() - 1);
        switch (leaves) {
            case ALL -> throw new AssertionError("nothing is evicted");
            case LAST_TWO_BEFORE, LAST_TWO_AFTER -> {
                while (records.size() > LAST) {
                    records.remove(0);
                }
            }
            case LAST_TEN_MS_BEFORE, LAST_TEN_MS_AFTER -> {
                long latest = records.stream().mapToLong(Stamped::timestampMs).max().getAsLong();
                records.removeIf(record -> record.timestampMs <= latest - LAST_MS);
            }
            case NEAR_THE_LAST_BEFORE, NEAR_THE_LAST_AFTER ->
                    records.removeIf(record -> difference(record.event, last.event) >= DIFFERENCE);
        }
    }
}
