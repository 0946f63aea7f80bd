package io.millrace.runtime.state.heap;

import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.PieceChain;
import io.millrace.runtime.state.TableSegments;
import io.millrace.runtime.state.TableSpec;
import java.io.IOException;

/**
 * One table as it was at a freeze. Snapshot thread.
 *
 * @param groups null where there is no row; owned
 * @param stored what an earlier checkpoint has of it; null to write all
 * @param base the version of that; 0 to write all
 * @param overMs the time by which values have expired that are left out; {@code SHOWS_ALL} for none
 */
record FrozenTable(
        TableSpec spec,
        Serializer<Object> keys,
        Layout layout,
        int firstKeyGroup,
        Rows[] groups,
        PieceChain stored,
        int base,
        int now,
        long overMs) {
    /** All that a table has, whether it has expired or not. */
    static final long SHOWS_ALL = Long.MIN_VALUE;

    /**
     * Slots whose objects are asked for before the first of them is written: a row's own would be
     * waited for one after the other.
     */
    private static final int AHEAD = 64;

    /** Writes what has changed after the base, and lets go of each key group that is written. */
    void writeTo(TableSegments out) throws IOException {
        for (int i = 0; i < groups.length; i++) {
            Rows group = groups[i];
            for (int at = 0; group != null && at < group.directoryLength(); ) {
                Unit unit = group.unitAt(at);
                if (base == 0 ? unit.size > 0 : unit.changed > base) {
                    writeUnit(firstKeyGroup + i, unit, out);
                }
                at += group.placesOf(unit);
            }
            groups[i] = null; // what its task has replaced meanwhile is garbage from here on
        }
    }

    private void writeUnit(int keyGroup, Unit unit, TableSegments segments) throws IOException {
        BinaryWriter out = segments.beginUnit(keyGroup);
        int width = layout.stride() - 1;
        int removed = 0;
        for (int i = 0; base != 0 && i < unit.removedRows(); i++) {
            if (unit.removedAfter(i, base)) {
                Object namespace = width == 2 ? unit.removedAt(i, width, 1) : null;
                writeKey(unit.removedAt(i, width, 0), namespace, out);
                removed++;
            }
        }
        Serializer<Object> values = spec.shape() == TableSpec.Shape.VALUE ? spec.values() : null;
        int rows = 0;
        int looked = 0;
        for (int slot = 0; slot < unit.slots(); slot++) {
            if (base == 0 && slot % AHEAD == 0) {
                looked |= unit.lookInto(slot, Math.min(slot + AHEAD, unit.slots()), values);
            }
            if (unit.isTaken(slot) && (base == 0 || unit.changedAfter(slot, base, now))) {
                Object content = unit.content(slot);
                if (overMs == SHOWS_ALL || livesIn(content)) {
                    writeKey(unit.key(slot), unit.namespace(slot), out);
                    writeContent(content, out);
                    rows++;
                }
            }
        }
        segments.endUnit(removed, looked < 0 ? looked : rows); // never: it is used, so it is done
    }

    /** Whether any part of a row's content has not expired. */
    private boolean livesIn(Object content) {
        return switch (spec.shape()) {
            case VALUE -> !isOver(content);
            case LIST -> {
                HeapList list = (HeapList) content;
                boolean lives = false;
                for (int i = 0; i < list.size(); i++) {
                    lives |= !isOver(list.get(i));
                }
                yield lives;
            }
            case MAP -> {
                boolean lives = false;
                for (Unit unit : ((Rows) content).allUnits()) {
                    for (int slot = 0; slot < unit.slots(); slot++) {
                        lives |= unit.isTaken(slot) && !isOver(unit.content(slot));
                    }
                }
                yield lives;
            }
        };
    }

    private boolean isOver(Object stamped) {
        return spec.lifetime().isOver(stamped, overMs);
    }

    /** The namespace is ignored where there are none. */
    private void writeKey(Object key, Object namespace, BinaryWriter out) {
        if (spec.namespaces() != null) {
            spec.namespaces().write(namespace, out);
        }
        keys.write(key, out);
    }

    private void writeContent(Object content, BinaryWriter out) {
        switch (spec.shape()) {
            case VALUE -> spec.values().write(content, out);
            case LIST -> {
                HeapList list = (HeapList) content;
                out.writeInt(list.size());
                for (int i = 0; i < list.size(); i++) {
                    spec.values().write(list.get(i), out);
                }
            }
            case MAP -> writeMap((Rows) content, out);
        }
    }

    /** A map that was there at the base is written by what has changed in it. */
    private void writeMap(Rows map, BinaryWriter out) {
        boolean whole = base == 0 || map.created > base;
        out.writeByte(whole ? 0 : 1);
        if (!whole) {
            int at = out.size();
            out.writeInt(0);
            int removed = 0;
            for (Unit unit : map.allUnits()) {
                for (int i = 0; unit.changed > base && i < unit.removedRows(); i++) {
                    if (unit.removedAfter(i, base)) {
                        spec.mapKeys().write(unit.removedAt(i, 1, 0), out);
                        removed++;
                    }
                }
            }
            out.putInt(at, removed);
        }
        int at = out.size();
        out.writeInt(0);
        int count = 0;
        for (Unit unit : map.allUnits()) {
            for (int slot = 0; slot < unit.slots(); slot++) {
                if (unit.isTaken(slot) && (whole || unit.changedAfter(slot, base, now))) {
                    writeEntry(unit.key(slot), unit.content(slot), out);
                    count++;
                }
            }
        }
        out.putInt(at, count);
    }

    private void writeEntry(Object mapKey, Object value, BinaryWriter out) {
        spec.mapKeys().write(mapKey, out);
        out.writeBoolean(value != null);
        if (value != null) {
            spec.values().write(value, out);
        }
    }
}
