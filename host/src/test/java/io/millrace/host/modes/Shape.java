package io.millrace.host.modes;

import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.WindowAssigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Which windows there are.
 *
 * @param size of a window, or the gap between sessions, in milliseconds
 * @param slide from one window to the next; the offset of tumbling windows
 */
record Shape(Kind kind, long size, long slide) {
    /** Windows of event time. */
    enum Kind {
        TUMBLING,
        SLIDING,
        SESSION
    }

    /** A window and what is in it. */
    record Pane(long start, long end, List<Item> items) {
        long last() {
            return end - 1;
        }
    }

    WindowAssigner<Object, TimeWindow> assigner() {
        return switch (kind) {
            case TUMBLING ->
                    TumblingEventTimeWindows.of(Duration.ofMillis(size), Duration.ofMillis(slide));
            case SLIDING ->
                    SlidingEventTimeWindows.of(Duration.ofMillis(size), Duration.ofMillis(slide));
            case SESSION -> EventTimeSessionWindows.withGap(Duration.ofMillis(size));
        };
    }

    /** The windows of a group that have records. */
    List<Pane> panes(List<Item> group) {
        return switch (kind) {
            case TUMBLING -> slices(group, size, slide);
            case SLIDING -> slices(group, slide, 0);
            case SESSION -> sessions(group);
        };
    }

    private List<Pane> slices(List<Item> group, long step, long offset) {
        TreeMap<Long, List<Item>> byStart = new TreeMap<>();
        for (Item item : group) {
            long last = Math.floorDiv(item.time() - offset, step) * step + offset;
            for (long start = last; start > item.time() - size; start -= step) {
                byStart.computeIfAbsent(start, key -> new ArrayList<>()).add(item);
            }
        }
        return byStart.entrySet().stream()
                .map(each -> new Pane(each.getKey(), each.getKey() + size, each.getValue()))
                .toList();
    }

    private List<Pane> sessions(List<Item> group) {
        List<Pane> panes = new ArrayList<>();
        List<Item> sorted = new ArrayList<>(group);
        sorted.sort(Comparator.comparingLong(Item::time));
        for (int first = 0; first < sorted.size(); ) {
            int next = first + 1;
            while (next < sorted.size()
                    && sorted.get(next).time() - sorted.get(next - 1).time() <= size) {
                next++;
            }
            panes.add(
                    new Pane(
                            sorted.get(first).time(),
                            sorted.get(next - 1).time() + size,
                            sorted.subList(first, next)));
            first = next;
        }
        return panes;
    }
}
