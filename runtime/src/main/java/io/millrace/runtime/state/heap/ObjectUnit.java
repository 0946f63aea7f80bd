package io.millrace.runtime.state.heap;

import io.millrace.runtime.serde.Serializer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A unit of rows that are objects. Confined to the task. */
/* A slot has, besides the objects of a row side by side,
 *
 *   a tag, 8 bits    7 of the hash and a one; 0 if the slot is free. Tags of eight slots are compared
 *                    at once, so that most look-ups have no branch that cannot be foretold, and equals
 *                    runs about once. The first tags stand again behind the last ones
 *   SHARED           the content is also that of a frozen unit, and may be changed by who gets it
 */
final class ObjectUnit extends Unit {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Slots whose tags are looked at together. */
    private static final int WORD = LEAST_SLOTS;

    private static final int SHARED = MARK;

    private final int stride;
    private byte[] tags; // WORD more than there are slots
    private Object[] rows;

    // SHARED means something while a freeze up to this one is open.
    private int sharedUpTo;

    ObjectUnit(int stride, int depth, int start, int slots, int version) {
        super(depth, start, slots, version);
        this.stride = stride;
        this.tags = new byte[slots + WORD];
        this.rows = new Object[slots * stride];
    }

    private ObjectUnit(ObjectUnit from, int version) {
        super(from, version);
        stride = from.stride;
        tags = from.tags.clone();
        rows = from.rows.clone();
        sharedUpTo = from.sharedUpTo;
    }

    @Override
    ObjectUnit copy(Layout layout, Versions versions) {
        ObjectUnit copy = new ObjectUnit(this, versions.current());
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

    /** The high bits of the bytes that are equal; perhaps also of some above such a one. */
    private static long equalBytes(long word, int tag) {
        long differing = word ^ ((tag & 0xFF) * ONES);
        return (differing - ONES) & ~differing & HIGH_BITS;
    }

    private static int first(long bits) {
        return Long.numberOfTrailingZeros(bits) >>> 3;
    }

    @Override
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

    @Override
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

    @Override
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

    /** Brings the row of a slot into the cache. */
    int look(int slot) {
        return rows[slot * stride] == null ? 1 : 0;
    }

    /** Brings key and content of a slot into the cache. */
    int lookInto(int slot) {
        return header(rows[slot * stride]) + header(rows[slot * stride + stride - 1]);
    }

    @Override
    int lookInto(int from, int to, Serializer<Object> valuesOrNull) {
        int looked = 0;
        for (int slot = from; slot < to; slot++) {
            looked += lookInto(slot);
        }
        for (int slot = from; valuesOrNull != null && slot < to; slot++) {
            Object value = rows[slot * stride + stride - 1];
            looked += value == null ? 0 : valuesOrNull.lookInto(value);
        }
        return looked;
    }

    /** Reads the first bytes of an object. */
    private static int header(Object object) {
        return object != null && object.getClass() == ObjectUnit.class ? 1 : 0;
    }

    @Override
    boolean isTaken(int slot) {
        return tags[slot] != 0;
    }

    @Override
    Object key(int slot) {
        return rows[slot * stride];
    }

    @Override
    Object namespace(int slot) {
        return stride == 2 ? null : rows[slot * stride + 1];
    }

    @Override
    Object content(int slot) {
        return rows[slot * stride + stride - 1];
    }

    @Override
    void setContent(int slot, Object content) {
        rows[slot * stride + stride - 1] = content;
    }

    @Override
    Object ownContent(int slot, Serializer<Object> copier, Versions versions) {
        Object content = content(slot);
        if (content != null && (eras[slot] & SHARED) != 0 && versions.isOpenUpTo(sharedUpTo)) {
            content = copier.copy(content);
            setContent(slot, content);
            eras[slot] &= (byte) ~SHARED;
        }
        return content;
    }

    @Override
    int hashOf(int slot, Layout layout) {
        return layout.hashOf(key(slot), namespace(slot));
    }

    @Override
    void touch(int slot, Versions versions) {
        int version = versions.current();
        if (changed != version) {
            firstChange(versions);
        }
        eras[slot] = (byte) ((eras[slot] & BASED) | (version & ERA));
    }

    @Override
    void set(int slot, int hash, int era, Object key, Object namespace, Object content) {
        setTag(slot, (byte) tagOf(Layout.spread(hash)));
        eras[slot] = (byte) era;
        int at = slot * stride;
        rows[at] = key;
        if (stride == 3) {
            rows[at + 1] = namespace;
        }
        rows[at + stride - 1] = content;
    }

    private void setTag(int slot, byte tag) {
        tags[slot] = tag;
        if (slot < WORD) {
            tags[eras.length + slot] = tag;
        }
    }

    @Override
    void move(int slot, int target) {
        setTag(target, tags[slot]);
        eras[target] = eras[slot];
        System.arraycopy(rows, slot * stride, rows, target * stride, stride);
    }

    @Override
    void clear(int slot) {
        setTag(slot, (byte) 0);
        Arrays.fill(rows, slot * stride, (slot + 1) * stride, null);
    }

    @Override
    void resize(int slots, Layout layout) {
        byte[] oldTags = tags;
        byte[] oldEras = eras;
        Object[] oldRows = rows;
        tags = new byte[slots + WORD];
        eras = new byte[slots];
        rows = new Object[Math.multiplyExact(slots, stride)];
        for (int i = 0; i < oldEras.length; i++) {
            if (oldTags[i] != 0) {
                int at = i * stride;
                int hash = layout.hashOf(oldRows[at], stride == 2 ? null : oldRows[at + 1]);
                place(hash, oldEras[i], oldRows, at);
            }
        }
    }

    private void place(int hash, byte era, Object[] from, int at) {
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

    @Override
    void take(Unit other, int slot, int hash) {
        place(hash, other.eras[slot], ((ObjectUnit) other).rows, slot * stride);
    }

    @Override
    void sharedAs(Unit other) {
        sharedUpTo = ((ObjectUnit) other).sharedUpTo;
    }
}
