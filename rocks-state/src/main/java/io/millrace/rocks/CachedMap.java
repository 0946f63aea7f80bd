package io.millrace.rocks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is in memory of the map of one key and namespace. Confined to the task. */
final class CachedMap {
    final Map<Object, MapCell> cells = new HashMap<>(4);
    final List<MapCell> changed = new ArrayList<>(2);
    int present;

    /** The map has no entries but these. */
    boolean whole;

    /** The rows of the database that are to be removed before what has changed; null if none. */
    byte[] removeFrom;

    byte[] removeTo;

    void change(MapCell cell) {
        if (!cell.changed) {
            cell.changed = true;
            changed.add(cell);
        }
    }

    /** Nothing has to be written of a cell that the database cannot have and that is gone. */
    void forget(MapCell cell) {
        cell.changed = false;
        if (changed.size() > 64 && changed.size() > 2 * cells.size()) {
            changed.removeIf(other -> !other.changed);
        }
    }

    /** What has changed is in the database, or frozen on its way there. */
    void written() {
        for (MapCell cell : changed) {
            cell.changed = false;
            cell.onlyHere = false;
        }
        changed.clear();
        removeFrom = null;
        removeTo = null;
    }

    void clear() {
        for (MapCell cell : changed) {
            cell.changed = false;
        }
        cells.clear();
        changed.clear();
        present = 0;
    }
}
