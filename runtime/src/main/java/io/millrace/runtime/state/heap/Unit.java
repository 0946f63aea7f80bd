package io.millrace.runtime.state.heap;

import io.millrace.runtime.serde.Serializer;

/**
 * A small hash table of rows: those whose hashes begin with the same bits. Confined to the task;
 * once it is frozen, it does not change any more.
 */
/* Open addressing with linear probing, at most 7/8 full; a removed row's place is filled by those
 * behind it. Subclasses have the rows; each slot has here
 *
 *   an era, 6 bits   the version in which the row last changed, modulo 64
 *   BASED            the row was there at the last freeze: to remove it must be remembered
 *   MARK             for subclasses
 *
 * Eras are exact for the last Versions.WINDOW versions: the first change in a version goes over all
 * of them, in settle, and moves up those that would come around. A change relative to an older version
 * is not asked for.
 */
abstract class Unit {
    /** The least slots that a unit has. */
    static final int LEAST_SLOTS = 8;

    static final int ERA = 0x3F;
    static final int BASED = 1 << 6;
    static final int MARK = 1 << 7;

    private static final int OLDEST = 32;
    private static final Object[] NONE = {};

    /** So deep only a few hashes without order get; units grow from there on. */
    private static final int MOST_DEPTH = 22;

    /** How many bits its hashes have in common, and these bits, at the top. */
    final int depth;

    final int start;

    /** The version in which it was made or copied. */
    final int born;

    byte[] eras; // with the flags
    int size;

    /** The version in which it last changed. */
    int changed;

    private int settled;
    // Removed rows (key, perhaps namespace) that a checkpoint may have, and when they were removed.
    // Arrays are shared with frozen units: what is in them stays.
    private Object[] removed = NONE;
    private int[] removedIn;
    private int removedRows;

    Unit(int depth, int start, int slots, int version) {
        assert slots >= LEAST_SLOTS : slots;
        this.depth = depth;
        this.start = start;
        this.born = version;
        this.changed = version;
        this.settled = version;
        this.eras = new byte[slots];
    }

    /** All but the rows. */
    Unit(Unit from, int version) {
        depth = from.depth;
        start = from.start;
        born = version;
        eras = from.eras.clone();
        size = from.size;
        changed = from.changed;
        settled = from.settled;
        removed = from.removed;
        removedIn = from.removedIn;
        removedRows = from.removedRows;
    }

    /** One without rows. */
    static Unit empty(Layout layout, int depth, int start, int slots, int version) {
        return layout.cells() == null
                ? new ObjectUnit(layout.stride(), depth, start, slots, version)
                : new CellUnit(layout.cells(), depth, start, slots, version);
    }

    /** A copy that may change. */
    abstract Unit copy(Layout layout, Versions versions);

    /** Any number of slots can be had, not only powers of two. */
    static int homeOf(int spread, int slots) {
        return (int) (((spread & 0xFFFFFFFFL) * slots) >>> 32);
    }

    /** Brings where a look-up begins into the cache; the result is without meaning. */
    abstract int peek(int hash);

    /**
     * Brings keys and contents of slots into the cache, several at a time; the result is without
     * meaning.
     *
     * @param valuesOrNull if contents are values, to look into them
     */
    int lookInto(int from, int to, Serializer<Object> valuesOrNull) {
        return 0;
    }

    /** The slot of a row; negative, the complement of the free slot where it belongs, if none. */
    abstract int find(int hash, Object key);

    /** The same for rows with a namespace. */
    abstract int find(int hash, Object key, Object namespace);

    abstract boolean isTaken(int slot);

    abstract Object key(int slot);

    /** Null in a table without. */
    abstract Object namespace(int slot);

    abstract Object content(int slot);

    /** Not a change by itself: see {@link #touch}. */
    abstract void setContent(int slot, Object content);

    /** The content, with nothing in it that a frozen unit has too; not a change. */
    abstract Object ownContent(int slot, Serializer<Object> copier, Versions versions);

    abstract int hashOf(int slot, Layout layout);

    /** Another row can be added. */
    final boolean hasSpace() {
        return (size + 1) * 8 <= eras.length * 7;
    }

    final int slots() {
        return eras.length;
    }

    /** Whether a row changed after a version, no more than the window before this one. */
    final boolean changedAfter(int slot, int base, int now) {
        return changed > base && ((now - eras[slot]) & ERA) < now - base;
    }

    /** The row is about to change, or its content has. */
    abstract void touch(int slot, Versions versions);

    final void firstChange(Versions versions) {
        if (versions.tracking() && settled != versions.current()) {
            settle(versions.current());
        }
        changed = versions.current();
    }

    private void settle(int version) {
        boolean all = version - settled >= OLDEST;
        int oldest = (version - OLDEST) & ERA;
        byte[] every = eras;
        for (int i = 0; i < every.length; i++) {
            boolean old = all || ((version - every[i]) & ERA) >= OLDEST;
            every[i] = (byte) ((every[i] & MARK) | BASED | (old ? oldest : every[i] & ERA));
        }
        settled = version;
    }

    /** Puts a row into a free slot that {@code find} gave; there must be space. */
    final void insert(
            int slot, int hash, Object key, Object namespace, Object content, Versions versions) {
        if (changed != versions.current()) {
            firstChange(versions);
        }
        set(slot, hash, versions.current() & ERA, key, namespace, content);
        size++;
    }

    /** Fills a free slot. */
    abstract void set(int slot, int hash, int era, Object key, Object namespace, Object content);

    /** Removes a row, and remembers it if a checkpoint may have it. */
    final void remove(int slot, Layout layout, Versions versions, int completed) {
        if (changed != versions.current()) {
            firstChange(versions);
        }
        if ((eras[slot] & BASED) != 0 && versions.tracking()) {
            remember(
                    key(slot), namespace(slot), layout.stride() - 1, versions.current(), completed);
        }
        int slots = eras.length;
        int hole = slot;
        int next = slot;
        while (true) {
            if (++next == slots) {
                next = 0;
            }
            if (!isTaken(next)) {
                break;
            }
            int home = homeOf(Layout.spread(hashOf(next, layout)), slots);
            if (distance(home, next, slots) >= distance(hole, next, slots)) {
                move(next, hole);
                hole = next;
            }
        }
        clear(hole);
        size--;
    }

    /** A row to another slot, which is taken then; the first one is to be filled or cleared. */
    abstract void move(int slot, int target);

    abstract void clear(int slot);

    private static int distance(int from, int to, int slots) {
        return to >= from ? to - from : to - from + slots;
    }

    private void remember(Object key, Object namespace, int width, int version, int completed) {
        if (removedRows * width == removed.length) {
            forget(width, completed);
        }
        removed[removedRows * width] = key;
        if (width == 2) {
            removed[removedRows * width + 1] = namespace;
        }
        removedIn[removedRows] = version;
        removedRows++;
    }

    /** Makes room: drops what is in a complete checkpoint already. Always into new arrays. */
    private void forget(int width, int completed) {
        int kept = 0;
        for (int i = 0; i < removedRows; i++) {
            kept += removedIn[i] > completed ? 1 : 0;
        }
        Object[] old = removed;
        int[] oldIn = removedIn;
        int oldRows = removedRows;
        int capacity = Math.max(4, kept + (kept >> 1) + 1);
        removed = new Object[capacity * width];
        removedIn = new int[capacity];
        removedRows = 0;
        for (int i = 0; i < oldRows; i++) {
            if (oldIn[i] > completed) {
                System.arraycopy(old, i * width, removed, removedRows * width, width);
                removedIn[removedRows++] = oldIn[i];
            }
        }
    }

    int removedRows() {
        return removedRows;
    }

    boolean removedAfter(int index, int base) {
        return removedIn[index] > base;
    }

    /** An object of a removed row. */
    Object removedAt(int index, int width, int object) {
        return removed[index * width + object];
    }

    /** Gives it more slots. */
    final void grow(Layout layout) {
        int slots = eras.length;
        int more = slots + (slots >> 1);
        if (slots < layout.mostSlots()) {
            more = Math.min(more, layout.mostSlots());
        }
        resize(more, layout);
    }

    /** Moves all rows to as many slots. */
    abstract void resize(int slots, Layout layout);

    /** Whether the next bits of the hashes tell any of the rows apart. */
    final boolean canSplit(Layout layout) {
        if (depth == MOST_DEPTH) {
            return false;
        }
        int first = 0;
        boolean any = false;
        for (int i = 0; i < eras.length; i++) {
            if (isTaken(i)) {
                int hash = hashOf(i, layout);
                if (any && hash != first) {
                    return true;
                }
                first = hash;
                any = true;
            }
        }
        return false;
    }

    /** The two halves, by the next bit of the hashes; this one is of no use any more. */
    final Unit[] split(Layout layout, Versions versions, int completed) {
        int bit = 0x80000000 >>> depth;
        Unit[] halves = {half(layout, start, versions), half(layout, start | bit, versions)};
        for (int i = 0; i < eras.length; i++) {
            if (isTaken(i)) {
                int hash = hashOf(i, layout);
                Unit half = halves[(hash & bit) == 0 ? 0 : 1];
                if (!half.hasSpace()) {
                    half.grow(layout);
                }
                half.take(this, i, hash);
                half.size++;
            }
        }
        int width = layout.stride() - 1;
        for (int i = 0; i < removedRows; i++) {
            if (removedIn[i] > completed) {
                Object key = removed[i * width];
                Object namespace = width == 2 ? removed[i * width + 1] : null;
                Unit half = halves[(layout.hashOf(key, namespace) & bit) == 0 ? 0 : 1];
                half.remember(key, namespace, width, removedIn[i], completed);
            }
        }
        return halves;
    }

    /** Copies a row of another unit of the same table, with its era, to where it belongs. */
    abstract void take(Unit other, int slot, int hash);

    private Unit half(Layout layout, int halfStart, Versions versions) {
        int slots = Math.max(layout.leastSlots(), eras.length / 8 * 5);
        Unit half = empty(layout, depth + 1, halfStart, slots, versions.current());
        half.changed = changed;
        half.settled = settled;
        half.sharedAs(this);
        return half;
    }

    /** Rows of another unit are going to be taken. */
    abstract void sharedAs(Unit other);
}
