package io.millrace.runtime.state.heap;

import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.Lifetime;
import io.millrace.runtime.state.LooksInside;
import io.millrace.runtime.state.TableReader;
import io.millrace.runtime.state.TableSpec;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What tables of all shapes have in common: rows by key group, and the one of the current key.
 * Confined to the task.
 */
/* A look-up is remembered until another key or namespace comes or rows move, so a read and the update
 * that follows are one probe.
 */
abstract class HeapTable implements TableReader.Target {
    private static final int LARGE_ROWS = 1 << 14;

    /** So many slots are looked at to find a row. */
    private static final int LOOKS_PER_ROW = 16;

    /** Where there are none. */
    private static final ObjectUnit NO_ROWS = new ObjectUnit(2, 0, 0, Unit.LEAST_SLOTS, 0);

    /** Where a look-up that is expected will probably find its row. */
    static final class Probe {
        private ObjectUnit unit = NO_ROWS;
        private int slot;
    }

    final TableSpec spec;
    final Layout layout;
    final HeapBackend backend;
    final Versions versions;
    final CurrentKey keys;
    private final int stride;
    private final LooksInside inside; // null if there is nothing to look at
    private final Rows[] groups; // null where there has been no row
    private long rows;
    private Object namespace;
    private int namespaceHash;
    private int touched; // so that the compiler keeps the look

    private boolean cleans; // and is not about to
    // The hand of a clock that goes over all slots.
    private int clockGroup;
    private int clockPlace;
    private int clockSlot;

    // Where the row of the current key is; the complement of a free slot, if there is none.
    private Unit foundUnit; // null if there are no rows at all
    private int foundSlot;
    private int foundHash;
    private long foundTurn = -1;

    HeapTable(HeapBackend backend, TableSpec spec, Layout layout) {
        this.backend = backend;
        this.spec = spec;
        this.layout = layout;
        this.stride = layout.stride();
        this.inside =
                spec.shape() == TableSpec.Shape.VALUE && spec.values() instanceof LooksInside looks
                        ? looks
                        : null;
        this.versions = backend.versions();
        this.keys = backend.keys();
        this.groups = new Rows[backend.keyGroups()];
        this.cleans = stride == 2 && spec.lifetime() != null && spec.lifetime().cleanedRows() > 0;
    }

    static Layout layout(TableSpec spec, Serializer<Object> copier, Cells cells, int mostSlots) {
        return new Layout(spec.namespaces() == null ? 2 : 3, false, copier, cells, 16, mostSlots);
    }

    public final void setNamespace(Object newNamespace) {
        assert stride == 3 : spec;
        namespace = newNamespace;
        foundTurn = -1;
    }

    /** Finds the current key's row, if it is not the one that was found last. */
    private boolean find() {
        if (foundTurn == keys.turn) {
            return foundSlot >= 0;
        }
        if (cleans) {
            cleanUp();
        }
        Object key = keys.key;
        if (key == null || (stride == 3 && namespace == null)) {
            throw keys.missing(spec.name());
        }
        foundHash = stride == 2 ? keys.mixed : Layout.combine(keys.mixed, namespace);
        Rows group = groups[keys.group];
        foundTurn = keys.turn;
        if (group == null) {
            foundUnit = null;
            foundSlot = -1;
            return false;
        }
        Unit unit = group.unitOf(foundHash);
        foundUnit = unit;
        foundSlot = stride == 2 ? unit.find(foundHash, key) : unit.find(foundHash, key, namespace);
        return foundSlot >= 0;
    }

    /** What the current key has, to be looked at only; null if nothing. */
    final Object content() {
        return find() ? foundUnit.content(foundSlot) : null;
    }

    /** The same, with nothing in it that a frozen row has too. */
    final Object ownContent(Serializer<Object> copier) {
        if (!find()) {
            return null;
        }
        return writable().ownContent(foundSlot, copier, versions);
    }

    private Unit writable() {
        Unit unit = foundUnit;
        if (versions.isFrozen(unit.born)) {
            unit = writableGroup(keys.group).writable(unit, layout, versions);
            foundUnit = unit;
        }
        return unit;
    }

    private Rows writableGroup(int index) {
        Rows group = groups[index];
        if (group == null) {
            group = new Rows(layout, versions.current());
            groups[index] = group;
        } else if (versions.isFrozen(group.born)) {
            group = group.copy(versions.current());
            groups[index] = group;
        }
        return group;
    }

    /** Gives the current key a content, instead of what it has. */
    final void setContent(Object content) {
        if (find()) {
            Unit unit = writable();
            unit.touch(foundSlot, versions);
            unit.setContent(foundSlot, content);
        } else {
            insert(content);
        }
    }

    /** The content of the current key, which it has, is going to change in place. */
    final void touch() {
        boolean found = find();
        assert found : spec;
        writable().touch(foundSlot, versions);
    }

    /** The content of the current key is replaced by an equal one. */
    final void swapContent(Object content) {
        boolean found = find();
        assert found : spec;
        writable().setContent(foundSlot, content);
    }

    private void insert(Object content) {
        Rows group = writableGroup(keys.group);
        if (foundUnit == null || !foundUnit.hasSpace() || versions.isFrozen(foundUnit.born)) {
            Unit unit = group.makeSpace(foundHash, layout, versions, backend.completedVersion());
            foundUnit = unit;
            foundSlot =
                    stride == 2
                            ? unit.find(foundHash, keys.key)
                            : unit.find(foundHash, keys.key, namespace);
        }
        foundSlot = ~foundSlot;
        foundUnit.insert(foundSlot, foundHash, keys.key, namespace, content, versions);
        group.count(1);
        rows++;
    }

    /** The current key has nothing any more. */
    public final void remove() {
        if (!find()) {
            return;
        }
        Rows group = writableGroup(keys.group);
        writable().remove(foundSlot, layout, versions, backend.completedVersion());
        group.count(-1);
        rows--;
        foundTurn = -1;
    }

    /** No key has anything any more. */
    final void dropAll() {
        if (rows == 0) {
            return;
        }
        foundTurn = -1;
        if (rows == 1 && stride == 2 && keys.key != null && find()) {
            remove();
            return;
        }
        Rows own = groups[keys.group];
        if (own != null && own.size() == rows) { // of one key, as a rule
            groups[keys.group] = null;
        } else {
            Arrays.fill(groups, null);
        }
        rows = 0;
    }

    final long size() {
        return rows;
    }

    /** The rows of all key groups as they are now. */
    final Rows[] freeze() {
        foundTurn = -1;
        return groups.clone();
    }

    /** Calls for each key that has something in the namespace; it is the current key then. */
    final void forEachKey(Object wanted, Consumer<Object> visitor) {
        for (Rows group : groups.clone()) {
            if (group != null) {
                for (Unit unit : group.allUnits()) {
                    for (Object key : keysOf(unit, wanted)) {
                        backend.setKeyAgain(key);
                        visitor.accept(key);
                    }
                }
            }
        }
    }

    /** A copy: the visitor may change the unit, but only the row of the key that it is shown. */
    private Object[] keysOf(Unit unit, Object wanted) {
        Object[] found = new Object[unit.size];
        int count = 0;
        for (int slot = 0; slot < unit.slots(); slot++) {
            if (unit.isTaken(slot) && (stride == 2 || unit.namespace(slot).equals(wanted))) {
                found[count++] = unit.key(slot);
            }
        }
        return count == found.length ? found : Arrays.copyOf(found, count);
    }

    final boolean isLarge() {
        return rows >= LARGE_ROWS;
    }

    /**
     * Brings what look-ups of these hashes will need into the cache, if the table is large.
     *
     * @param probes room for as many
     */
    final void expect(int[] mixedHashes, int[] groupIndexes, int count, Probe[] probes) {
        if (!isLarge() || stride != 2) {
            return;
        }
        touched =
                layout.cells() == null
                        ? lookAtObjects(mixedHashes, groupIndexes, count, probes)
                        : lookAtCells(mixedHashes, groupIndexes, count);
    }

    private int lookAtObjects(int[] mixedHashes, int[] groupIndexes, int count, Probe[] probes) {
        // Nothing in a pass waits for what the same pass fetches: many misses at the same time.
        int seen = 0;
        for (int i = 0; i < count; i++) {
            Rows group = groups[groupIndexes[i]];
            ObjectUnit unit = group == null ? NO_ROWS : (ObjectUnit) group.unitOf(mixedHashes[i]);
            probes[i].unit = unit;
            seen += unit.peek(mixedHashes[i]);
        }
        for (int i = 0; i < count; i++) {
            Probe probe = probes[i];
            probe.slot = probe.unit.likelySlot(mixedHashes[i]);
            seen += probe.unit.look(probe.slot);
        }
        for (int i = 0; i < count; i++) {
            seen += probes[i].unit.lookInto(probes[i].slot);
        }
        if (inside != null) {
            for (int i = 0; i < count; i++) {
                Object content = probes[i].unit.content(probes[i].slot);
                seen += content == null ? 0 : inside.lookInto(content);
            }
        }
        return seen;
    }

    /** So little that the processor is on to the next ones while it waits. */
    private int lookAtCells(int[] mixedHashes, int[] groupIndexes, int count) {
        int seen = 0;
        boolean tracking = versions.tracking();
        for (int i = 0; i < count; i++) {
            Rows group = groups[groupIndexes[i]];
            if (group != null) {
                CellUnit unit = (CellUnit) group.unitOf(mixedHashes[i]);
                seen += unit.peek(mixedHashes[i]);
                seen += tracking ? unit.peekEra(mixedHashes[i]) : 0;
            }
        }
        return seen;
    }

    /** Drops what has expired from some rows, in turn. */
    final void cleanUp() {
        if (!cleans || rows == 0) {
            return;
        }
        cleans = false;
        Lifetime lifetime = spec.lifetime();
        long nowMs = lifetime.nowMs();
        int looks = lifetime.cleanedRows();
        for (int slots = LOOKS_PER_ROW * looks; looks > 0 && slots > 0; slots--) {
            Object key = nextOfClock();
            if (key != null && !key.equals(keys.key)) { // what is current its function meets
                looks--;
                CurrentKey.Saved before = keys.save();
                select(key, null);
                dropOver(lifetime, nowMs);
                keys.restore(before);
            }
        }
        cleans = true;
    }

    /** Drops what the current key, which has something, has that is over. */
    abstract void dropOver(Lifetime lifetime, long nowMs);

    /** Goes one slot on; the key of its row, or null. */
    private Object nextOfClock() {
        Rows group = groups[clockGroup];
        if (group == null || clockPlace >= group.directoryLength()) {
            clockGroup = clockGroup + 1 == groups.length ? 0 : clockGroup + 1;
            clockPlace = 0;
            clockSlot = 0;
            return null;
        }
        Unit unit = group.unitAt(clockPlace);
        if (clockSlot >= unit.slots()) {
            clockPlace += group.placesOf(unit);
            clockSlot = 0;
            return null;
        }
        int slot = clockSlot++;
        return unit.isTaken(slot) ? unit.key(slot) : null;
    }

    // Filling from a checkpoint: the current key is set, and changed as a function would.

    final void select(Object key, Object newNamespace) {
        backend.setKeyAgain(key);
        if (stride == 3) {
            setNamespace(newNamespace);
        }
    }

    @Override
    public final void remove(int keyGroup, Object key, Object newNamespace) {
        select(key, newNamespace);
        remove();
    }
}
