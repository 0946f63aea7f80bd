package io.millrace.runtime.operator.window;

import io.millrace.api.window.MergingWindowAssigner;
import io.millrace.api.window.Window;
import io.millrace.runtime.state.MapTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The windows of the current key that may still become one. Confined to the task. */
/* Contents are not moved each time a window grows: each window in flight has a state window, the
 * namespace under which its contents lie, which is that of one of the windows it was merged of.
 */
final class MergingWindows {
    static final String TABLE = "windows-in-flight";

    private final MergingWindowAssigner<Object, Window> assigner;
    private final MapTable table;

    /** Is told of windows that have become one. */
    interface Target {
        /**
         * @param merged the windows that were there, without the one that was added
         * @param stateWindow under which the contents lie from now on
         * @param mergedStateWindows whose contents belong to it from now on
         */
        void onMerge(
                Window result,
                Collection<Window> merged,
                Window stateWindow,
                Collection<Window> mergedStateWindows)
                throws Exception;
    }

    /** What an assigner says becomes one. */
    private record Merge(Collection<Window> windows, Window result) {}

    MergingWindows(MergingWindowAssigner<Object, Window> assigner, MapTable table) {
        this.assigner = assigner;
        this.table = table;
    }

    /** The window into which an assigned one goes: itself, or what it is merged into. */
    Window add(Window window, Target target) throws Exception {
        Map<Window, Window> stateWindows = stateWindows();
        List<Merge> merges = new ArrayList<>();
        Set<Window> all = new LinkedHashSet<>(stateWindows.keySet());
        all.add(window);
        assigner.mergeWindows(
                all, (merged, result) -> merges.add(new Merge(List.copyOf(merged), result)));
        Window actual = window;
        boolean found = stateWindows.containsKey(window);
        for (Merge merge : merges) {
            if (merge.windows().contains(window)) {
                actual = merge.result();
                found = true;
            }
            apply(merge, window, stateWindows, target);
        }
        if (!found) {
            table.put(window, window);
        }
        return actual;
    }

    private void apply(Merge merge, Window added, Map<Window, Window> stateWindows, Target target)
            throws Exception {
        Set<Window> there = new LinkedHashSet<>(merge.windows());
        there.retainAll(stateWindows.keySet());
        if (there.isEmpty()) { // an assigner that says that one window becomes another
            table.put(merge.result(), added);
            return;
        }
        List<Window> states = new ArrayList<>();
        for (Window window : there) {
            states.add(stateWindows.remove(window));
            table.remove(window);
        }
        Window stateWindow = states.remove(0);
        table.put(merge.result(), stateWindow);
        stateWindows.put(merge.result(), stateWindow);
        if (!(there.size() == 1 && there.contains(merge.result()))) {
            target.onMerge(merge.result(), there, stateWindow, states);
        }
    }

    private Map<Window, Window> stateWindows() {
        Map<Window, Window> all = new LinkedHashMap<>();
        for (Iterator<Map.Entry<Object, Object>> each = table.entries(); each.hasNext(); ) {
            Map.Entry<Object, Object> entry = each.next();
            all.put((Window) entry.getKey(), (Window) entry.getValue());
        }
        return all;
    }

    /** Where a window's contents lie; null if it is not in flight. */
    Window stateWindow(Window window) {
        return (Window) table.get(window);
    }

    /** The window is gone. */
    void retire(Window window) {
        table.remove(window);
    }
}
