package io.millrace.runtime.testing;

import io.millrace.runtime.chunk.ControlEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operator under test has emitted. Immutable.
 *
 * @param records of the main output, in order
 * @param timestampsMs of those records
 * @param sides records of the side outputs, by tag
 * @param watermarksMs of the main output, in order
 */
public record Played(
        List<Object> records,
        List<Long> timestampsMs,
        Map<String, List<Object>> sides,
        List<Long> watermarksMs) {

    static List<Long> watermarksOf(List<ControlEvent> events) {
        return events.stream()
                .filter(ControlEvent.Watermark.class::isInstance)
                .map(event -> ((ControlEvent.Watermark) event).timestampMs())
                .toList();
    }

    /** The same records with their timestamps, in the order of a comparator. */
    Played inOrder(Comparator<Object> by) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            places.add(i);
        }
        places.sort(
                Comparator.<Integer, Object>comparing(records::get, by)
                        .thenComparing(timestampsMs::get));
        return new Played(
                places.stream().map(records::get).toList(),
                places.stream().map(timestampsMs::get).toList(),
                sides,
                watermarksMs);
    }

    /** What was emitted after this, by one who begins with the same watermark. */
    Played and(Played later) {
        Map<String, List<Object>> bySide = new HashMap<>();
        later.sides.forEach(
                (tag, values) -> bySide.put(tag, join(sides.getOrDefault(tag, List.of()), values)));
        long last =
                watermarksMs.isEmpty() ? Long.MIN_VALUE : watermarksMs.get(watermarksMs.size() - 1);
        return new Played(
                join(records, later.records),
                join(timestampsMs, later.timestampsMs),
                bySide,
                join(watermarksMs, later.watermarksMs.stream().filter(w -> w > last).toList()));
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
