package io.millrace.runtime.state.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A small hash table of rows: those whose hashes begin with the same bits. Confined to the task;
 * once it is frozen, it does not change any more.
 */
/* Open addressing with linear probing, at most 7/8 full; a removed row's place is filled by those
 * behind it. A slot has, besides the objects of a row side by side,
 *
 *   a tag, 8 bits    7 of the hash and a one; 0 if the slot is free. Tags of eight slots are compared
 *                    at once, so that most look-ups have no branch that cannot be foretold, and equals
 *                    runs about once. The first tags stand again behind the last ones
 *   an era, 6 bits   the version in which the row last changed, modulo 64
 *   BASED            the row was there at the last freeze: to remove it must be remembered
 *   SHARED           the content is also that of a frozen unit, and may be changed by who gets it
 *
 * Eras are exact for the last Versions.WINDOW versions: the first change in a version goes over all
 * of them, in settle, and moves up those that would come around. A change relative to an older version
 * is not asked for.
 */
final class Unit {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Slots whose tags are looked at together, and the least that a unit has. */
    static final int WORD = 8;

    private static final int ERA = 0x3F;
    private static final int BASED = 1 << 6;
    private static final int SHARED = 1 << 7;
    private static final int OLDEST = 32;
    private static final Object[] NONE = {};

    /** So deep only a few hashes without order get; units grow from there on. */
    private static final int MOST_DEPTH = 22;

    /** How many bits its hashes have in common, and these bits, at the top. */
    final int depth;

    final int start;

    /** The version in which it was made or copied. */
    final int born;

    private byte[] tags; // WORD more than there are slots
    private byte[] eras; // with the flags
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
        assert slots >= WORD : slots;
        this.depth = depth;
        this.start = start;
        this.born = version;
        this.changed = version;
        this.settled = version;
        this.tags = new byte[slots + WORD];
        this.eras = new byte[slots];
        this.rows = new Object[slots * layout.stride()];
    }

    private Unit(Unit from, int version) {
        depth = from.depth;
        start = from.start;
        born = version;
        tags = from.tags.clone();
        eras = from.eras.clone();
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
            byte[] all = copy.eras;
            for (int i = 0; i < all.length; i++) {
                all[i] |= (byte) SHARED;
            }
        }
        return copy;
    }

    private static int tagOf(int spread) {
        return (spread >>> 8) | 0x80;
    }

    /** Any number of slots can be had, not only powers of two. */
    private static int homeOf(int spread, int slots) {
        return (int) (((spread & 0xFFFFFFFFL) * slots) >>> 32);
    }

    /** The high bits of the bytes that are equal; perhaps also of some above such a one. */
    private static long equalBytes(long word, int tag) {
        long differing = word ^ ((tag & 0xFF) * ONES);
        return (differing - ONES) & ~differing & HIGH_BITS;
    }

    private static int first(long bits) {
        return Long.numberOfTrailingZeros(bits) >>> 3;
    }

    /** Brings the tags where a look-up begins into the cache. */
    int peek(int hash) {
        return tags[homeOf(Layout.spread(hash), eras.length)];
    }

    /** The first slot with the tag of a hash, or some other one: looks at tags only. */
    int likelySlot(int hash) {
        int spread = Layout.spread(hash);
        int home = homeOf(spread, eras.length);
        long found = equalBytes((long) LONG.get(tags, home), tagOf(spread));
        int slot = home + (found == 0 ? 0 : first(found));
        return slot < eras.length ? slot : slot - eras.length;
    }

    /** The slot of a row; negative, the complement of the free slot where it belongs, if none. */
    int find(int hash, Object key) {
        byte[] all = tags;
        int slots = all.length - WORD;
        int spread = Layout.spread(hash);
        int tag = tagOf(spread);
        int from = homeOf(spread, slots);
        while (true) {
            long word = (long) LONG.get(all, from);
            for (long found = equalBytes(word, tag); found != 0; found &= found - 1) {
                int slot = from + first(found);
                slot = slot < slots ? slot : slot - slots;
                if (areEqual(rows[2 * slot], key)) {
                    return slot;
                }
            }
            long free = ~word & HIGH_BITS;
            if (free != 0) {
                int slot = from + first(free);
                return ~(slot < slots ? slot : slot - slots);
            }
            from += WORD;
            from = from < slots ? from : from - slots;
        }
    }

    /** The same for rows with a namespace. */
    int find(int hash, Object key, Object namespace) {
        byte[] all = tags;
        int slots = all.length - WORD;
        int spread = Layout.spread(hash);
        int tag = tagOf(spread);
        int from = homeOf(spread, slots);
        while (true) {
            long word = (long) LONG.get(all, from);
            for (long found = equalBytes(word, tag); found != 0; found &= found - 1) {
                int slot = from + first(found);
                slot = slot < slots ? slot : slot - slots;
                if (areEqual(rows[3 * slot], key) && namespace.equals(rows[3 * slot + 1])) {
                    return slot;
                }
            }
            long free = ~word & HIGH_BITS;
            if (free != 0) {
                int slot = from + first(free);
                return ~(slot < slots ? slot : slot - slots);
            }
            from += WORD;
            from = from < slots ? from : from - slots;
        }
    }

    /**
     * The usual keys without a call through a table of methods.
     *
     * @param there null in a free slot, which may look like one with the tag
     */
    private static boolean areEqual(Object there, Object key) {
        if (there instanceof Long a) {
            return key instanceof Long b && a.longValue() == b.longValue();
        }
        return there instanceof String text ? text.equals(key) : key.equals(there);
    }

    boolean isTaken(int slot) {
        return tags[slot] != 0;
    }

    /** Another row can be added. */
    boolean hasSpace() {
        return (size + 1) * 8 <= eras.length * 7;
    }

    int slots() {
        return eras.length;
    }

    /** Whether a row changed after a version, no more than the window before this one. */
    boolean changedAfter(int slot, int base, int now) {
        return changed > base && ((now - eras[slot]) & ERA) < now - base;
    }

    /** Whether the content belongs to a frozen unit too. */
    boolean isShared(int slot, Versions versions) {
        return (eras[slot] & SHARED) != 0 && versions.isOpenUpTo(sharedUpTo);
    }

    /** Replaces content that was shared by its copy; not a change. */
    void own(int slot, int stride, Object content) {
        rows[slot * stride + stride - 1] = content;
        eras[slot] &= (byte) ~SHARED;
    }

    /** The row is about to change, or its content has. */
    void touch(int slot, Versions versions) {
        int version = versions.current();
        if (changed != version) {
            firstChange(versions);
        }
        eras[slot] = (byte) ((eras[slot] & BASED) | (version & ERA));
    }

    private void firstChange(Versions versions) {
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
            every[i] = (byte) ((every[i] & SHARED) | BASED | (old ? oldest : every[i] & ERA));
        }
        settled = version;
    }

    /** Takes a free slot that {@code find} gave; there must be space. */
    void insert(int slot, int hash, Versions versions) {
        if (changed != versions.current()) {
            firstChange(versions);
        }
        setTag(slot, (byte) tagOf(Layout.spread(hash)));
        eras[slot] = (byte) (versions.current() & ERA);
        size++;
    }

    private void setTag(int slot, byte tag) {
        tags[slot] = tag;
        if (slot < WORD) {
            tags[eras.length + slot] = tag;
        }
    }

    /** Removes a row, and remembers it if a checkpoint may have it. */
    void remove(int slot, Layout layout, Versions versions, int completed) {
        if (changed != versions.current()) {
            firstChange(versions);
        }
        int stride = layout.stride();
        if ((eras[slot] & BASED) != 0 && versions.tracking()) {
            remember(rows, slot * stride, stride - 1, versions.current(), completed);
        }
        int slots = eras.length;
        int hole = slot;
        int next = slot;
        while (true) {
            if (++next == slots) {
                next = 0;
            }
            if (tags[next] == 0) {
                break;
            }
            int home = homeOf(Layout.spread(layout.hashOf(rows, next * stride)), slots);
            if (distance(home, next, slots) >= distance(hole, next, slots)) {
                setTag(hole, tags[next]);
                eras[hole] = eras[next];
                System.arraycopy(rows, next * stride, rows, hole * stride, stride);
                hole = next;
            }
        }
        setTag(hole, (byte) 0);
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

    /** An object of a removed row. */
    Object removedAt(int index, int width, int object) {
        return removed[index * width + object];
    }

    /** Gives it more slots. */
    void grow(Layout layout) {
        byte[] oldTags = tags;
        byte[] oldEras = eras;
        Object[] oldRows = rows;
        int slots = oldEras.length;
        int more = slots + (slots >> 1);
        if (slots < layout.mostSlots()) {
            more = Math.min(more, layout.mostSlots());
        }
        tags = new byte[more + WORD];
        eras = new byte[more];
        rows = new Object[Math.multiplyExact(more, layout.stride())];
        for (int i = 0; i < slots; i++) {
            if (oldTags[i] != 0) {
                int at = i * layout.stride();
                place(layout.hashOf(oldRows, at), oldEras[i], oldRows, at, layout.stride());
            }
        }
    }

    private void place(int hash, byte era, Object[] from, int at, int stride) {
        int spread = Layout.spread(hash);
        int slot = homeOf(spread, eras.length);
        while (tags[slot] != 0) {
            if (++slot == eras.length) {
                slot = 0;
            }
        }
        setTag(slot, (byte) tagOf(spread));
        eras[slot] = era;
        System.arraycopy(from, at, rows, slot * stride, stride);
    }

    /** Whether the next bits of the hashes tell any of the rows apart. */
    boolean canSplit(Layout layout) {
        if (depth == MOST_DEPTH) {
            return false;
        }
        int first = 0;
        boolean any = false;
        for (int i = 0; i < eras.length; i++) {
            if (tags[i] != 0) {
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
        for (int i = 0; i < eras.length; i++) {
            if (tags[i] != 0) {
                int hash = layout.hashOf(rows, i * stride);
                Unit half = halves[(hash & bit) == 0 ? 0 : 1];
                if (!half.hasSpace()) {
                    half.grow(layout);
                }
                half.place(hash, eras[i], rows, i * stride, stride);
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
        int slots = Math.max(layout.leastSlots(), eras.length / 8 * 5);
        Unit half = new Unit(layout, depth + 1, halfStart, slots, versions.current());
        half.changed = changed;
        half.settled = settled;
        half.sharedUpTo = sharedUpTo;
        return half;
    }
}
