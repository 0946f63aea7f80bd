package io.millrace.runtime.state.heap;

import java.util.Arrays;

/**
 * A hash table that grows without a stall: the rows of a key group, or the entries of one key's
 * map. Confined to the task; once it is frozen, it does not change any more.
 */
/* Extendible hashing. The first bits of a hash are an index into a directory of units; a unit that is
 * shallower than the directory stands in it several times. A full unit splits in two, and the
 * directory doubles if the unit was as deep as it. At most one unit's rows move at a time.
 *
 * Path copying: who changes a unit makes sure that no freeze sees it; if one does, the unit is copied
 * and the copy takes its place in the directory, for which the Rows must not be frozen either. So the
 * callers go from the outside in: content of the place that holds the Rows, Rows, unit.
 */
final class Rows {
    /** The version in which it was made or copied. */
    final int born;

    /** The version in which it was made, empty, and not copied. */
    final int created;

    private Unit[] units;
    private int size;

    Rows(Layout layout, int version) {
        born = version;
        created = version;
        units = new Unit[] {Unit.empty(layout, 0, 0, layout.leastSlots(), version)};
    }

    private Rows(Rows from, int version) {
        born = version;
        created = from.created;
        units = from.units.clone();
        size = from.size;
    }

    /** A copy that may change; its units are still the same. */
    Rows copy(int version) {
        return new Rows(this, version);
    }

    int size() {
        return size;
    }

    Unit unitOf(int hash) {
        Unit[] all = units;
        return all[indexOf(hash, all.length)];
    }

    private static int indexOf(int hash, int length) {
        return (int) ((hash & 0xFFFFFFFFL) >>> (Long.numberOfLeadingZeros(length) - 31));
    }

    /** How long the directory is; a unit at an index may stand at the next ones too. */
    int directoryLength() {
        return units.length;
    }

    Unit unitAt(int index) {
        return units[index];
    }

    /** How many places of the directory a unit has. */
    int placesOf(Unit unit) {
        return units.length >>> unit.depth;
    }

    /** The unit, or its copy if it is frozen. These rows must not be. */
    Unit writable(Unit unit, Layout layout, Versions versions) {
        if (!versions.isFrozen(unit.born)) {
            return unit;
        }
        Unit copy = unit.copy(layout, versions);
        put(copy);
        return copy;
    }

    private void put(Unit unit) {
        int from = indexOf(unit.start, units.length);
        Arrays.fill(units, from, from + placesOf(unit), unit);
    }

    /**
     * Makes space for one more row of a hash that is not there yet. These rows must not be frozen.
     *
     * @return the unit to look into again
     */
    Unit makeSpace(int hash, Layout layout, Versions versions, int completed) {
        Unit unit = writable(unitOf(hash), layout, versions);
        while (!unit.hasSpace()) {
            if (unit.slots() < layout.mostSlots() || !unit.canSplit(layout)) {
                unit.grow(layout);
            } else {
                if (unit.depth == depth()) {
                    doubleDirectory();
                }
                for (Unit half : unit.split(layout, versions, completed)) {
                    put(half);
                }
                unit = unitOf(hash);
            }
        }
        return unit;
    }

    private int depth() {
        return Integer.numberOfTrailingZeros(units.length);
    }

    private void doubleDirectory() {
        Unit[] twice = new Unit[units.length * 2];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = units[i >> 1];
        }
        units = twice;
    }

    /** A row was inserted (1) or removed (−1). */
    void count(int more) {
        size += more;
    }

    /** All different units, as they are now. */
    Unit[] allUnits() {
        Unit[] all = new Unit[units.length];
        int count = 0;
        for (int i = 0; i < units.length; i += placesOf(units[i])) {
            all[count++] = units[i];
        }
        return count == all.length ? all : Arrays.copyOf(all, count);
    }
}
