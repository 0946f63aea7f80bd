package io.millrace.runtime.testing;

import io.millrace.runtime.chunk.ControlEvent;
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
}
