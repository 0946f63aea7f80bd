package io.millrace.rocks;

import java.util.Arrays;

/**
 * The entries of one table that are in memory, by key and namespace. Confined to the task.
 *
 * <p>Segments grow by themselves, so that none ever takes long. A search leaves the cursor at what
 * it found, for {@link #value} and {@link #put}; any insertion or removal takes the cursor away.
 */
final class EntryCache {
    /*
     * Open addressing with linear probing, removal by shifting back. One int for each slot holds 24
     * bits of the hash and 8 of flags, so that a miss is seen without touching the objects. A slot
     * was used up to three times lately; the sweep takes one away and removes what has none, so
     * that what was used once goes first (a clock with counters, near to least frequently used).
     */
    static final int DIRTY = 2;
    static final int PENDING = 4;
    static final int SHARED = 8;

    private static final int OCCUPIED = 1;
    private static final int ONE_USE = 16;
    private static final int USES = 48;
    private static final int FLAGS = 0xFF;
    private static final int SEGMENTS = 1024;
    private static final int SEGMENT_SHIFT = 22;
    private static final int FIRST_SLOTS = 16;

    /** Decides about an entry that the sweep has come to. */
    @FunctionalInterface
    interface Sweeper {
        /** Whether the entry may go. */
        boolean mayGo(Object key, Object namespace, Object value, int flags);
    }

    /** Sees entries; may change neither the cache nor its cursor. */
    @FunctionalInterface
    interface Visitor {
        /**
         * @return the flags that the entry has from now on
         */
        int visit(Object key, Object namespace, Object value, int flags);
    }

    private static final class Segment {
        int[] tags = new int[FIRST_SLOTS];
        Object[] objects;
        int size;

        Segment(int stride) {
            objects = new Object[FIRST_SLOTS * stride];
        }
    }

    private final Segment[] segments = new Segment[SEGMENTS];
    private final boolean namespaces;
    private final int stride;
    private int entries;
    private long slots;

    private Segment cursorSegment;
    private int cursorSlot;
    private Object cursorKey;
    private Object cursorNamespace;

    private int handSegment;
    private int handSlot;

    // The last freeze, until all is collected: before that, a segment may not be touched.
    private TableFreeze frozen;

    EntryCache(boolean namespaces) {
        this.namespaces = namespaces;
        this.stride = namespaces ? 3 : 2;
    }

    int entries() {
        return entries;
    }

    /** Of all arrays, whether occupied or not. */
    long slots() {
        return slots;
    }

    static int hash(int keyHash, Object namespaceOrNull) {
        int h = keyHash * 0x9E3779B9;
        if (namespaceOrNull != null) {
            h = (h ^ namespaceOrNull.hashCode()) * 0x2C1B3C6D;
        }
        h ^= h >>> 15;
        h *= 0x85EBCA77;
        return h ^ h >>> 13;
    }

    /** Whether the last search was for the same objects and its result still stands. */
    boolean isAt(Object key, Object namespaceOrNull) {
        return cursorKey == key && cursorNamespace == namespaceOrNull && cursorKey != null;
    }

    /** Sets the cursor if the entry is here. */
    boolean find(Object key, Object namespaceOrNull, int hash) {
        Segment segment = segments[hash >>> SEGMENT_SHIFT];
        if (segment == null) {
            return false;
        }
        if (frozen != null) {
            own(hash >>> SEGMENT_SHIFT);
        }
        int[] tags = segment.tags;
        Object[] objects = segment.objects;
        int mask = tags.length - 1;
        int wanted = hash << 8;
        for (int i = hash & mask; ; i = i + 1 & mask) {
            int tag = tags[i];
            if (tag == 0) {
                return false;
            }
            if ((tag & ~FLAGS) == wanted) {
                Object known = objects[i * stride];
                if ((known == key || known.equals(key))
                        && (!namespaces || namespaceOrNull.equals(objects[i * stride + 2]))) {
                    if ((tag & USES) != USES) {
                        tags[i] = tag + ONE_USE;
                    }
                    cursorSegment = segment;
                    cursorSlot = i;
                    cursorKey = key;
                    cursorNamespace = namespaceOrNull;
                    return true;
                }
            }
        }
    }

    /** Of the entry at the cursor. */
    Object value() {
        return cursorSegment.objects[cursorSlot * stride + 1];
    }

    /** Of the entry at the cursor. */
    int flags() {
        return cursorSegment.tags[cursorSlot] & FLAGS;
    }

    /** Changes the entry at the cursor. */
    void put(Object value) {
        cursorSegment.objects[cursorSlot * stride + 1] = value;
    }

    /** Of the entry at the cursor. */
    void setFlags(int add, int remove) {
        cursorSegment.tags[cursorSlot] = cursorSegment.tags[cursorSlot] & ~remove | add;
    }

    /**
     * Adds an entry that is not here.
     *
     * @param key as it was searched for
     * @param kept the same, as nobody will change it
     */
    void insert(
            Object key, Object kept, Object namespaceOrNull, int hash, Object value, int flags) {
        own(hash >>> SEGMENT_SHIFT);
        Segment segment = segments[hash >>> SEGMENT_SHIFT];
        if (segment == null) {
            segment = new Segment(stride);
            segments[hash >>> SEGMENT_SHIFT] = segment;
            slots += FIRST_SLOTS;
        } else if (segment.size >= segment.tags.length - (segment.tags.length >> 2)) {
            resize(segment, segment.tags.length * 2);
        }
        int mask = segment.tags.length - 1;
        int i = hash & mask;
        while (segment.tags[i] != 0) {
            i = i + 1 & mask;
        }
        segment.tags[i] = hash << 8 | OCCUPIED | flags;
        segment.objects[i * stride] = kept;
        segment.objects[i * stride + 1] = value;
        if (namespaces) {
            segment.objects[i * stride + 2] = namespaceOrNull;
        }
        segment.size++;
        entries++;
        cursorSegment = segment;
        cursorSlot = i;
        cursorKey = key;
        cursorNamespace = namespaceOrNull;
    }

    /**
     * Goes round until so many entries have gone, or so many slots were seen.
     *
     * @return how many have gone
     */
    int sweep(int wanted, long maxSlots, Sweeper sweeper) {
        loseCursor();
        int gone = 0;
        long seen = 0;
        while (gone < wanted && seen < maxSlots) {
            own(handSegment);
            Segment segment = segments[handSegment];
            if (segment == null || handSlot >= segment.tags.length) {
                if (segment != null) {
                    shrink(segment);
                }
                handSegment = handSegment + 1 & SEGMENTS - 1;
                handSlot = 0;
                seen++;
                continue;
            }
            seen++;
            int tag = segment.tags[handSlot];
            if (tag == 0) {
                handSlot++;
            } else if ((tag & USES) != 0) {
                segment.tags[handSlot++] = tag - ONE_USE;
            } else {
                int at = handSlot * stride;
                Object namespace = namespaces ? segment.objects[at + 2] : null;
                if (sweeper.mayGo(
                        segment.objects[at], namespace, segment.objects[at + 1], tag & FLAGS)) {
                    // What is shifted into the slot is looked at next.
                    remove(segment, handSlot);
                    gone++;
                } else {
                    handSlot++;
                }
            }
        }
        return gone;
    }

    /** Shows all entries that have one of these flags. */
    void forEach(int flags, Visitor visitor) {
        for (int i = 0; i < SEGMENTS; i++) {
            own(i);
            visit(i, flags, visitor);
        }
    }

    private void visit(int index, int flags, Visitor visitor) {
        Segment segment = segments[index];
        if (segment == null || segment.size == 0) {
            return;
        }
        int[] tags = segment.tags;
        for (int i = 0; i < tags.length; i++) {
            int tag = tags[i];
            if ((tag & flags) != 0) {
                int at = i * stride;
                Object namespace = namespaces ? segment.objects[at + 2] : null;
                int now =
                        visitor.visit(
                                segment.objects[at],
                                namespace,
                                segment.objects[at + 1],
                                tag & FLAGS);
                tags[i] = tag & ~FLAGS | now;
            }
        }
    }

    /** Entries that have one of these flags. */
    private int count(int index, int flags) {
        Segment segment = segments[index];
        int found = 0;
        if (segment != null && segment.size > 0) {
            for (int tag : segment.tags) {
                found += (tag & flags) != 0 ? 1 : 0;
            }
        }
        return found;
    }

    /**
     * Begins a freeze: before any segment is touched again, the collector sees its entries that
     * have one of these flags, on this thread or on that of who settles or writes.
     */
    TableFreeze freeze(int flags, Collector collector) {
        if (frozen != null) {
            frozen.collectAll();
        }
        loseCursor();
        frozen =
                new TableFreeze(
                        SEGMENTS,
                        namespaces,
                        (segment, into) -> {
                            into.expect(count(segment, flags));
                            visit(
                                    segment,
                                    flags,
                                    (key, namespace, entry, has) ->
                                            collector.collect(key, namespace, entry, has, into));
                        });
        return frozen;
    }

    /** Sees an entry at a freeze. */
    @FunctionalInterface
    interface Collector {
        /**
         * @return the flags that the entry has from now on
         */
        int collect(Object key, Object namespace, Object entry, int flags, TableChanges into);
    }

    private void own(int segment) {
        if (frozen != null) {
            frozen.collect(segment);
            if (frozen.collected()) {
                frozen = null;
            }
        }
    }

    private void loseCursor() {
        cursorKey = null;
        cursorNamespace = null;
    }

    private void remove(Segment segment, int slot) {
        int[] tags = segment.tags;
        int mask = tags.length - 1;
        int hole = slot;
        for (int i = hole + 1 & mask; tags[i] != 0; i = i + 1 & mask) {
            int home = tags[i] >>> 8 & mask;
            if ((i - home & mask) >= (i - hole & mask)) {
                move(segment, i, hole);
                hole = i;
            }
        }
        tags[hole] = 0;
        Arrays.fill(segment.objects, hole * stride, (hole + 1) * stride, null);
        segment.size--;
        entries--;
    }

    private void move(Segment segment, int from, int to) {
        segment.tags[to] = segment.tags[from];
        System.arraycopy(segment.objects, from * stride, segment.objects, to * stride, stride);
    }

    private void shrink(Segment segment) {
        if (segment.tags.length > FIRST_SLOTS && segment.size < segment.tags.length >> 3) {
            resize(segment, segment.tags.length / 2);
        }
    }

    private void resize(Segment segment, int newSlots) {
        int[] oldTags = segment.tags;
        Object[] oldObjects = segment.objects;
        slots += newSlots - oldTags.length;
        segment.tags = new int[newSlots];
        segment.objects = new Object[newSlots * stride];
        int mask = newSlots - 1;
        for (int i = 0; i < oldTags.length; i++) {
            if (oldTags[i] != 0) {
                int to = oldTags[i] >>> 8 & mask;
                while (segment.tags[to] != 0) {
                    to = to + 1 & mask;
                }
                segment.tags[to] = oldTags[i];
                System.arraycopy(oldObjects, i * stride, segment.objects, to * stride, stride);
            }
        }
    }
}
