package io.millrace.runtime.state.heap;

import java.util.Arrays;

/**
 * A small hash table of rows: those whose hashes begin with the same bits. Confined to the task;
 * once it is frozen, it does not change any more.
 */
/* Open addressing with linear probing, at most 7/8 full; a removed row's place is filled by those
 * behind it. A slot has a mark of 16 bits and, side by side, the objects of a row:
 *
 *   tag 7 bits      of the hash; 0 if the slot is free. So equals runs about once
 *   era 7 bits      the version in which the row last changed, modulo 128
 *   BASED           the row was there at the last freeze: to remove it must be remembered
 *   SHARED          the content is also that of a frozen unit, and may be changed by who gets it
 *
 * Eras are exact for the last Versions.WINDOW versions: the first change in a version goes over all
 * marks, in settle, and moves up those that would come around. A change relative to an older version
 * is not asked for.
 */
final class Unit {
    private static final int TAG = 0x7F;
    private static final int ERA_SHIFT = 7;
    private static final int ERA = 0x7F << ERA_SHIFT;
    private static final int BASED = 1 << 14;
    private static final int SHARED = 1 << 15;
    private static final int OLDEST = 64;
    private static final Object[] NONE = {};

    /** So deep only a few hashes without order get; units grow from there on. */
    private static final int MOST_DEPTH = 22;

    /** How many bits its hashes have in common, and these bits, at the top. */
    final int depth;

    final int start;

    /** The version in which it was made or copied. */
    final int born;

    short[] marks;
    Object[] rows;
    int size;

    /** The version in which it last changed. */
    int changed;

    private int settled;
    // SHARED means something while a freeze up to this one is open.
    private int sharedUpTo;
    // Removed rows (key, perhaps namespace) that a checkpoint may have, and when they were removed.
    // Arrays are shared with frozen units: what is in them stays.
    private Object[] removed = NONE;
    private int[] removedIn;
    private int removedRows;

    Unit(Layout layout, int depth, int start, int slots, int version) {
        this.depth = depth;
        this.start = start;
        this.born = version;
        this.changed = version;
        this.settled = version;
        this.marks = new short[slots];
        this.rows = new Object[slots * layout.stride()];
    }

    private Unit(Unit from, int version) {
        depth = from.depth;
        start = from.start;
        born = version;
        marks = from.marks.clone();
        rows = from.rows.clone();
        size = from.size;
        changed = from.changed;
        settled = from.settled;
        sharedUpTo = from.sharedUpTo;
        removed = from.removed;
        removedIn = from.removedIn;
        removedRows = from.removedRows;
    }

    /** A copy that may change. */
    Unit copy(Layout layout, Versions versions) {
        Unit copy = new Unit(this, versions.current());
        if (layout.copier() != null) {
            copy.sharedUpTo = versions.newestOpen();
            short[] all = copy.marks;
            for (int i = 0; i < all.length; i++) {
                all[i] |= (short) SHARED;
            }
        }
        return copy;
    }

    private static int tagOf(int spread) {
        int tag = (spread >>> 8) & TAG;
        return tag == 0 ? 1 : tag;
    }

    /** Any number of slots can be had, not only powers of two. */
    private static int homeOf(int spread, int slots) {
        return (int) (((spread & 0xFFFFFFFFL) * slots) >>> 32);
    }

    /** Where a look-up of the hash begins. */
    int homeOf(int hash) {
        return homeOf(Layout.spread(hash), marks.length);
    }

    /** The slot of a row; negative, the complement of the free slot where it belongs, if none. */
    int find(int hash, Object key) {
        int spread = Layout.spread(hash);
        int tag = tagOf(spread);
        short[] all = marks;
        int slot = homeOf(spread, all.length);
        while (true) {
            int there = all[slot] & TAG;
            if (there == tag && areEqual(rows[2 * slot], key)) {
                return slot;
            }
            if (there == 0) {
                return ~slot;
            }
            if (++slot == all.length) {
                slot = 0;
            }
        }
    }

    /** The same for rows with a namespace. */
    int find(int hash, Object key, Object namespace) {
        int spread = Layout.spread(hash);
        int tag = tagOf(spread);
        short[] all = marks;
        int slot = homeOf(spread, all.length);
        while (true) {
            int there = all[slot] & TAG;
            if (there == tag
                    && areEqual(rows[3 * slot], key)
                    && rows[3 * slot + 1].equals(namespace)) {
                return slot;
            }
            if (there == 0) {
                return ~slot;
            }
            if (++slot == all.length) {
                slot = 0;
            }
        }
    }

    /** The usual keys without a call through a table of methods. */
    private static boolean areEqual(Object there, Object key) {
        if (there instanceof Long a) {
            return key instanceof Long b && a.longValue() == b.longValue();
        }
        return there instanceof String text ? text.equals(key) : there.equals(key);
    }

    boolean isTaken(int slot) {
        return (marks[slot] & TAG) != 0;
    }

    /** Another row can be added. */
    boolean hasSpace() {
        return (size + 1) * 8 <= marks.length * 7;
    }

    int slots() {
        return marks.length;
    }

    /** Whether a row changed after a version, no more than the window before this one. */
    boolean changedAfter(int slot, int base, int now) {
        return changed > base && ((now - (marks[slot] >>> ERA_SHIFT)) & TAG) < now - base;
    }

    /** Whether the content belongs to a frozen unit too. */
    boolean isShared(int slot, Versions versions) {
        return (marks[slot] & SHARED) != 0 && versions.isOpenUpTo(sharedUpTo);
    }

    /** Replaces content that was shared by its copy; not a change. */
    void own(int slot, int stride, Object content) {
        rows[slot * stride + stride - 1] = content;
        marks[slot] &= (short) ~SHARED;
    }

    /** The row is about to change, or its content has. */
    void touch(int slot, Versions versions) {
        int version = versions.current();
        if (changed != version) {
            firstChange(versions);
        }
        marks[slot] = (short) ((marks[slot] & (TAG | BASED)) | ((version << ERA_SHIFT) & ERA));
    }

    private void firstChange(Versions versions) {
        if (versions.tracking() && settled != versions.current()) {
            settle(versions.current());
        }
        changed = versions.current();
    }

    private void settle(int version) {
        boolean all = version - settled >= OLDEST;
        short oldest = (short) (((version - OLDEST) << ERA_SHIFT) & ERA);
        short[] every = marks;
        for (int i = 0; i < every.length; i++) {
            int mark = every[i] | BASED;
            if (all || ((version - (mark >>> ERA_SHIFT)) & TAG) >= OLDEST) {
                mark = (mark & ~ERA) | oldest;
            }
            every[i] = (short) mark;
        }
        settled = version;
    }

    /** Takes a free slot that {@code find} gave; there must be space. */
    void insert(int slot, int hash, Versions versions) {
        if (changed != versions.current()) {
            firstChange(versions);
        }
        marks[slot] =
                (short) (tagOf(Layout.spread(hash)) | ((versions.current() << ERA_SHIFT) & ERA));
        size++;
    }

    /** Removes a row, and remembers it if a checkpoint may have it. */
    void remove(int slot, Layout layout, Versions versions, int completed) {
        if (changed != versions.current()) {
            firstChange(versions);
        }
        int stride = layout.stride();
        if ((marks[slot] & BASED) != 0 && versions.tracking()) {
            remember(rows, slot * stride, stride - 1, versions.current(), completed);
        }
        int slots = marks.length;
        int hole = slot;
        int next = slot;
        while (true) {
            if (++next == slots) {
                next = 0;
            }
            if ((marks[next] & TAG) == 0) {
                break;
            }
            int home = homeOf(Layout.spread(layout.hashOf(rows, next * stride)), slots);
            if (distance(home, next, slots) >= distance(hole, next, slots)) {
                marks[hole] = marks[next];
                System.arraycopy(rows, next * stride, rows, hole * stride, stride);
                hole = next;
            }
        }
        marks[hole] = 0;
        Arrays.fill(rows, hole * stride, (hole + 1) * stride, null);
        size--;
    }

    private static int distance(int from, int to, int slots) {
        return to >= from ? to - from : to - from + slots;
    }

    private void remember(Object[] from, int at, int width, int version, int completed) {
        if (removedRows * width == removed.length) {
            forget(width, completed);
        }
        System.arraycopy(from, at, removed, removedRows * width, width);
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

    /** The first object of a removed row. */
    Object removedAt(int index, int width, int object) {
        return removed[index * width + object];
    }

    /** Gives it more slots. */
    void grow(Layout layout) {
        short[] oldMarks = marks;
        Object[] oldRows = rows;
        int slots = oldMarks.length;
        int more = slots + Math.max(2, slots >> 1);
        if (slots < layout.mostSlots()) {
            more = Math.min(more, layout.mostSlots());
        }
        marks = new short[more];
        rows = new Object[Math.multiplyExact(more, layout.stride())];
        for (int i = 0; i < slots; i++) {
            if ((oldMarks[i] & TAG) != 0) {
                int at = i * layout.stride();
                place(layout.hashOf(oldRows, at), oldMarks[i], oldRows, at, layout.stride());
            }
        }
    }

    private void place(int hash, short mark, Object[] from, int at, int stride) {
        int slot = homeOf(Layout.spread(hash), marks.length);
        while ((marks[slot] & TAG) != 0) {
            if (++slot == marks.length) {
                slot = 0;
            }
        }
        marks[slot] = mark;
        System.arraycopy(from, at, rows, slot * stride, stride);
    }

    /** Whether the next bit of the hashes tells any of the rows apart. */
    boolean canSplit(Layout layout) {
        if (depth == MOST_DEPTH) {
            return false;
        }
        int first = 0;
        boolean any = false;
        for (int i = 0; i < marks.length; i++) {
            if ((marks[i] & TAG) != 0) {
                int hash = layout.hashOf(rows, i * layout.stride());
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
    Unit[] split(Layout layout, Versions versions, int completed) {
        int bit = 0x80000000 >>> depth;
        int stride = layout.stride();
        Unit[] halves = {half(layout, start, versions), half(layout, start | bit, versions)};
        for (int i = 0; i < marks.length; i++) {
            if ((marks[i] & TAG) != 0) {
                int hash = layout.hashOf(rows, i * stride);
                Unit half = halves[(hash & bit) == 0 ? 0 : 1];
                if (half.size + 1 == half.marks.length) {
                    half.grow(layout); // bad hashes: all on one side
                }
                half.place(hash, marks[i], rows, i * stride, stride);
                half.size++;
            }
        }
        Object[] row = new Object[stride];
        for (int i = 0; i < removedRows; i++) {
            if (removedIn[i] > completed) {
                System.arraycopy(removed, i * (stride - 1), row, 0, stride - 1);
                Unit half = halves[(layout.hashOf(row, 0) & bit) == 0 ? 0 : 1];
                half.remember(row, 0, stride - 1, removedIn[i], completed);
            }
        }
        return halves;
    }

    private Unit half(Layout layout, int halfStart, Versions versions) {
        int slots = Math.max(layout.leastSlots(), marks.length / 8 * 5);
        Unit half = new Unit(layout, depth + 1, halfStart, slots, versions.current());
        half.changed = changed;
        half.settled = settled;
        half.sharedUpTo = sharedUpTo;
        return half;
    }
}
