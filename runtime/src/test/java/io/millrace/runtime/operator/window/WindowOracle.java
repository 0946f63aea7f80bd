package io.millrace.runtime.operator.window;

import io.millrace.api.window.TimeWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What windows of event time give, by the definition: keeps all records of all windows and looks
 * through everything at each step. Confined to the test.
 */
final class WindowOracle {
    private final TestWindows.Regular regular; // null for sessions
    private final TestWindows.Sessions sessions;
    private final long latenessMs;
    private final BiFunction<Firing, Long, Object> result;
    private final Map<String, List<Open>> open = new HashMap<>();
    private final List<Object> late = new ArrayList<>();
    private long watermarkMs = Long.MIN_VALUE;

    /** A window that fires. */
    record Firing(String key, TimeWindow window, List<Event> events) {}

    /** A window that has records. */
    private static final class Open {
        private TimeWindow window;
        private final List<Event> events = new ArrayList<>();
        private boolean fired;
    }

    /**
     * @param result of a firing at a watermark
     */
    WindowOracle(
            TestWindows.Regular regular,
            TestWindows.Sessions sessions,
            long latenessMs,
            BiFunction<Firing, Long, Object> result) {
        this.regular = regular;
        this.sessions = sessions;
        this.latenessMs = latenessMs;
        this.result = result;
    }

    List<Object> late() {
        return late;
    }

    /** What comes out when a record comes. */
    List<Object> record(Event event, long timestampMs) {
        List<Open> all = open.computeIfAbsent(event.key(), key -> new ArrayList<>());
        List<Object> out = new ArrayList<>();
        boolean taken = false;
        for (Open target :
                regular == null ? session(all, event, timestampMs) : windows(all, timestampMs)) {
            if (isGone(target)) {
                all.remove(target);
                continue;
            }
            taken = true;
            target.events.add(event);
            if (isOver(target)) {
                target.fired = true;
                out.add(fire(event.key(), target));
            } else {
                target.fired = false; // a session that has become longer
            }
        }
        if (!taken && timestampMs + latenessMs <= watermarkMs) {
            late.add(event);
        }
        return out;
    }

    private List<Open> windows(List<Open> all, long timestampMs) {
        List<Open> found = new ArrayList<>();
        for (TimeWindow window : regular.at(timestampMs)) {
            Open target =
                    all.stream()
                            .filter(each -> each.window.equals(window))
                            .findFirst()
                            .orElseGet(() -> opened(all, window));
            found.add(target);
        }
        return found;
    }

    private List<Open> session(List<Open> all, Event event, long timestampMs) {
        TimeWindow window = new TimeWindow(timestampMs, timestampMs + sessions.gapAfter(event));
        Open merged = new Open();
        merged.window = window;
        boolean again = true;
        while (again) { // until nothing touches it any more
            again = false;
            for (Open other : List.copyOf(all)) {
                if (merged.window.intersects(other.window)) {
                    merged.window = merged.window.cover(other.window);
                    merged.events.addAll(other.events);
                    all.remove(other);
                    again = true;
                }
            }
        }
        all.add(merged);
        return List.of(merged);
    }

    private static Open opened(List<Open> all, TimeWindow window) {
        Open made = new Open();
        made.window = window;
        all.add(made);
        return made;
    }

    private boolean isOver(Open target) {
        return target.window.maxTimestamp() <= watermarkMs;
    }

    private boolean isGone(Open target) {
        return target.window.maxTimestamp() + latenessMs <= watermarkMs;
    }

    private Object fire(String key, Open target) {
        return result.apply(new Firing(key, target.window, target.events), watermarkMs);
    }

    /** What comes out when time goes on. */
    List<Object> watermark(long timestampMs) {
        watermarkMs = timestampMs;
        List<Object> out = new ArrayList<>();
        List<Map.Entry<String, Open>> due = new ArrayList<>();
        open.forEach(
                (key, all) ->
                        all.stream()
                                .filter(each -> !each.fired && isOver(each))
                                .forEach(each -> due.add(Map.entry(key, each))));
        due.sort(Comparator.comparingLong(each -> each.getValue().window.getEnd()));
        due.forEach(
                each -> {
                    each.getValue().fired = true;
                    out.add(fire(each.getKey(), each.getValue()));
                });
        open.values().forEach(all -> all.removeIf(this::isGone));
        return out;
    }
}
