package io.millrace.batch;

import io.millrace.runtime.operator.KeyTable;
import io.millrace.runtime.plan.KeyGroups;
import java.util.Arrays;

/**
 * Values by key, which records are folded into, up to a limit of memory. As it is full, parts of it
 * are given away. Confined to its operator.
 */
/* Parts are chosen by bits of a product, so that the keys of one are spread over all of its slots, which
 * the mixed hash chooses. What of a part stays when it is given away: keys with eight times as many
 * records as others, which are an eighth of all at most, if they are no larger; and what nobody can take.
 * Values of a fixed size have no entry that would count their records: they save its memory and a look.
 * Where keys are many, most records are of parts of which nothing stays: those are not looked up.
 */
final class FoldTable {
    /** In place of a value that is not here, or not any more. */
    static final Object NOTHING = new Object();

    private static final int MAX_PARTS = 256;
    private static final int LEAST_PART_BYTES = 16 * 1024;
    private static final int SPREAD = 0x9E3779B9;
    private static final int FREQUENT = 8;
    // Tables with fewer keys are in the cache anyhow.
    private static final int LARGE_KEYS = 1 << 13;

    private final PartitionFold fold;
    private final FoldSizes.Measure measure;
    private final boolean grows;
    private final long limitBytes;
    private final Part[] parts;
    // Of each part: whether nothing is here, nor will be. Apart, since each record asks.
    private final boolean[] away;
    // By which bits of the product parts are chosen.
    private final int level;
    private final int shift;
    private long heldBytes;
    private int keys;
    private int touched; // so that the compiler keeps the look

    /** Takes over entries that the table has no room for. */
    interface Taker {
        /** Returns whether the entry was taken; else it stays. */
        boolean take(Object key, int keyHash, Object value);
    }

    /** A value that may grow. */
    static final class Entry {
        Object value;
        long records = 1;
        // As was measured last; meaningless if it never was.
        int bytes;
        boolean sampled;

        Entry(Object value) {
            this.value = value;
        }

        boolean isLarge() {
            return records >= FoldSizes.LARGE_RECORDS;
        }
    }

    private static final class Part {
        private KeyTable entries = new KeyTable();
        private FoldSizes sizes;
        private long records;
        // All keys that come anew are somebody else's.
        private boolean given;
        // Nothing of what is left can be taken.
        private boolean stuck;

        Part(FoldSizes sizes) {
            this.sizes = sizes;
        }
    }

    /**
     * @param grows whether values may
     * @param level from 0: keys of one part of a table are spread over the parts of one of the next
     *     level
     * @param mostBytes that what will come may take; where it fits there is one part
     */
    FoldTable(
            PartitionFold fold,
            FoldSizes.Measure measure,
            boolean grows,
            long limitBytes,
            int level,
            long mostBytes) {
        this.fold = fold;
        this.measure = measure;
        this.grows = grows;
        this.limitBytes = limitBytes;
        long count =
                mostBytes < limitBytes
                        ? 1
                        : Long.highestOneBit(Math.max(1, limitBytes / LEAST_PART_BYTES));
        this.parts = new Part[(int) Math.min(MAX_PARTS, count)];
        this.away = new boolean[parts.length];
        Arrays.setAll(parts, i -> new Part(new FoldSizes(measure, grows)));
        int bits = Integer.numberOfTrailingZeros(parts.length);
        this.level = level * bits;
        this.shift = Integer.SIZE - bits;
        assert this.level + bits <= Integer.SIZE : level;
    }

    /** How many parts there are. */
    int parts() {
        return parts.length;
    }

    /** The number of a key's part. */
    int partOf(int keyHash) {
        // A shift by 32 would be none.
        return parts.length == 1 ? 0 : KeyGroups.murmur(keyHash) * SPREAD << level >>> shift;
    }

    /**
     * Folds a record into its key's value; false, and nothing done, if the key is not kept here.
     */
    boolean fold(Object key, int keyHash, Object record) throws Exception {
        int number = partOf(keyHash);
        if (away[number]) {
            return false;
        }
        Part part = parts[number];
        KeyTable entries = part.entries;
        int slot = entries.slotOf(key, keyHash);
        if (entries.keyAt(slot) == null) {
            if (part.given) {
                return false;
            }
            insert(part, slot, key, keyHash, fold.begin(record));
        } else if (grows) {
            grow(part, key, (Entry) entries.valueAt(slot), record);
        } else {
            entries.update(slot, fold.add(entries.valueAt(slot), record));
        }
        return true;
    }

    /** Takes in a key with the value that it has so far; false, and nothing done, as above. */
    boolean begin(Object key, int keyHash, Object value) {
        Part part = parts[partOf(keyHash)];
        if (part.given) {
            return false;
        }
        int slot = part.entries.slotOf(key, keyHash);
        assert part.entries.keyAt(slot) == null : key;
        insert(part, slot, key, keyHash, value);
        return true;
    }

    private void insert(Part part, int slot, Object key, int keyHash, Object value) {
        keys++;
        if (grows) {
            Entry entry = new Entry(value);
            part.entries.insert(slot, key, keyHash, entry);
            part.records++;
            heldBytes += part.sizes.added(key, entry);
        } else {
            part.entries.insert(slot, key, keyHash, value);
            heldBytes += part.sizes.addedFixed(key, value);
        }
    }

    private void grow(Part part, Object key, Entry entry, Object record) throws Exception {
        entry.value = fold.add(entry.value, record);
        entry.records++;
        part.records++;
        // Looked at again whenever it has twice as many records.
        if ((entry.records & entry.records - 1) == 0) {
            heldBytes += part.sizes.grown(key, entry);
        }
    }

    /** Brings what look-ups of these hashes will need into the cache, if the table is large. */
    void expect(int[] keyHashes, int count) {
        if (keys < LARGE_KEYS) {
            return;
        }
        int seen = 0;
        for (int i = 0; i < count; i++) {
            int number = partOf(keyHashes[i]);
            seen += away[number] ? 0 : parts[number].entries.touchPlace(keyHashes[i]);
        }
        for (int i = 0; i < count; i++) {
            int number = partOf(keyHashes[i]);
            seen += away[number] ? 0 : parts[number].entries.touchObjects(keyHashes[i]);
        }
        touched = seen;
    }

    boolean isFull() {
        return heldBytes >= limitBytes;
    }

    /** Keys that are here. */
    int size() {
        return keys;
    }

    /**
     * Gives away the largest part: its keys, but for some, and all that will come. False if nothing
     * is left that can be taken.
     */
    boolean giveLargest(Taker taker) {
        int largest = -1;
        for (int i = 0; i < parts.length; i++) {
            Part part = parts[i];
            boolean more = largest < 0 || part.sizes.bytes() > parts[largest].sizes.bytes();
            if (!part.stuck && part.entries.size() > 0 && more) {
                largest = i;
            }
        }
        if (largest < 0) {
            return false;
        }
        give(parts[largest], taker);
        away[largest] = parts[largest].entries.size() == 0;
        return true;
    }

    private void give(Part part, Taker taker) {
        KeyTable before = part.entries;
        Staying staying =
                new Staying(
                        part.given ? Long.MAX_VALUE : part.records / before.size() * FREQUENT,
                        2 * part.sizes.averageBytes());
        heldBytes -= part.sizes.bytes();
        keys -= before.size();
        part.stuck = part.given;
        part.given = true;
        part.entries = new KeyTable();
        part.sizes = new FoldSizes(measure, grows);
        part.records = 0;
        for (int slot = 0; slot < before.slots(); slot++) {
            Object key = before.keyAt(slot);
            if (key == null) {
                continue;
            }
            Object value = before.valueAt(slot);
            int keyHash = before.hashAt(slot);
            boolean stays = grows && staying.is((Entry) value);
            if (stays || !taker.take(key, keyHash, grows ? ((Entry) value).value : value)) {
                keep(part, key, keyHash, value);
            }
        }
    }

    /** Which entries of a part stay. */
    private record Staying(long leastRecords, long mostBytes) {
        boolean is(Entry entry) {
            return entry.isLarge() && entry.records >= leastRecords && entry.bytes <= mostBytes;
        }
    }

    /**
     * @param value an entry if values grow
     */
    private void keep(Part part, Object key, int keyHash, Object value) {
        keys++;
        part.entries.insert(part.entries.slotOf(key, keyHash), key, keyHash, value);
        if (grows) {
            Entry entry = (Entry) value;
            part.records += entry.records;
            heldBytes += part.sizes.kept(key, entry);
        } else {
            heldBytes += part.sizes.addedFixed(key, value);
        }
    }

    /** Takes a key's value out, before the walk; {@link #NOTHING} if there is none. */
    Object takeOut(Object key, int keyHash) {
        KeyTable entries = parts[partOf(keyHash)].entries;
        int slot = entries.slotOf(key, keyHash);
        if (entries.keyAt(slot) == null) {
            return NOTHING;
        }
        Object value = entries.valueAt(slot);
        if (!grows) {
            entries.update(slot, NOTHING);
            return value;
        }
        Entry entry = (Entry) value;
        Object taken = entry.value;
        entry.value = NOTHING;
        return taken;
    }

    /** Goes over all entries once; nothing is added meanwhile. */
    Walk walk() {
        return new Walk();
    }

    /** A walk over the entries; forgets parts that it has left. */
    final class Walk {
        private int part;
        private int slot;
        private Object key;
        private int keyHash;
        private Object value;

        /** Looks at one more slot; false after the last. */
        boolean advance() {
            if (part == parts.length) {
                return false;
            }
            KeyTable entries = parts[part].entries;
            key = entries.keyAt(slot);
            keyHash = entries.hashAt(slot);
            value = entries.valueAt(slot);
            if (grows && value != null) {
                value = ((Entry) value).value;
            }
            slot++;
            if (slot == entries.slots()) {
                parts[part].entries = null;
                part++;
                slot = 0;
            }
            return true;
        }

        /** Whether there is a key with a value in the slot. */
        boolean isTaken() {
            return key != null && value != NOTHING;
        }

        Object key() {
            return key;
        }

        int keyHash() {
            return keyHash;
        }

        /** Of the key. */
        Object value() {
            return value;
        }
    }
}
