package io.millrace.batch.join;

import io.millrace.runtime.plan.KeyGroups;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Records as bytes, found by the hashes of their keys, up to a limit of memory. First records are
 * added, and parts of the table given away as it is full; then it is sealed, and asked. Confined to
 * its operator.
 */
/* Records lie in pages, in parts by the highest bits of their mixed hash, so that one part can be given
 * away and its pages go. Which records have one bucket is linked through the records, when all of them are
 * there; memory for the buckets is counted as records come.
 *
 * entry := long place of the next one of the bucket, int hash, byte whether it was matched
 *        , int length, record
 * place := byte part, 3 bytes page, int offset
 */
final class JoinTable {
    /** No entry. */
    public static final long NONE = -1;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int HASH_AT = 8;
    private static final int MATCHED_AT = 12;
    private static final int LENGTH_AT = 13;
    private static final int RECORD_AT = 17;
    private static final int BUCKET_BYTES = 2 * Long.BYTES; // up to two buckets a record
    private static final int MAX_PARTS = 64;
    private static final int MIN_PAGE_BYTES = 4 * 1024;
    private static final int MAX_PAGE_BYTES = 64 * 1024;
    private static final int MAX_PAGES = 1 << 24;
    private static final int MAX_BUCKETS = 1 << 30;
    private static final long[] NOTHING = {};

    private final long limitBytes;
    private final int pageBytes;
    private final int partBits;
    private final Part[] parts;
    private long heldBytes;
    private int records;
    private long[] buckets = NOTHING;
    private int shift;
    // Of the last entry that was asked for.
    private byte[] page;
    private int at;

    private static final class Part {
        private byte[][] pages = new byte[4][];
        private int[] ends = new int[4];
        private int used;
        private long bytes;
        private int records;
        private boolean given;

        private boolean hasRoom(int size) {
            return used > 0 && ends[used - 1] + size <= pages[used - 1].length;
        }

        private void add(byte[] page) {
            if (used == pages.length) {
                pages = Arrays.copyOf(pages, 2 * used);
                ends = Arrays.copyOf(ends, 2 * used);
            }
            pages[used] = page;
            ends[used] = 0;
            used++;
            bytes += page.length;
        }
    }

    /** Takes over records that the table has no room for. */
    public interface Taker {
        void take(int hash, byte[] bytes, int from, int length);
    }

    JoinTable(long limitBytes) {
        this.limitBytes = limitBytes;
        long count = Long.highestOneBit(Math.max(1, limitBytes / (4 * MIN_PAGE_BYTES)));
        this.parts = new Part[(int) Math.min(MAX_PARTS, count)];
        Arrays.setAll(parts, i -> new Part());
        this.partBits = Integer.numberOfTrailingZeros(parts.length);
        long page = Long.highestOneBit(Math.max(1, limitBytes / (8L * parts.length)));
        this.pageBytes = (int) Math.max(MIN_PAGE_BYTES, Math.min(MAX_PAGE_BYTES, page));
    }

    private Part partOf(int hash) {
        return partBits == 0 ? parts[0] : parts[KeyGroups.murmur(hash) >>> Integer.SIZE - partBits];
    }

    /** Whether records of a hash were given away, and are to be looked for elsewhere. */
    public boolean isGiven(int hash) {
        return partOf(hash).given;
    }

    /** Whether any part was given away. */
    public boolean hasGiven() {
        for (Part part : parts) {
            if (part.given) {
                return true;
            }
        }
        return false;
    }

    /** Adds a record of a part that was not given away; false, and nothing done, without room. */
    public boolean add(int hash, byte[] bytes, int from, int length) {
        assert !isGiven(hash) && buckets == NOTHING;
        Part part = partOf(hash);
        int size = Math.addExact(RECORD_AT, length);
        boolean hasRoom = part.hasRoom(size);
        int newPage = hasRoom ? 0 : Math.max(size, pageBytes);
        if (heldBytes + newPage + BUCKET_BYTES > limitBytes
                || records == MAX_BUCKETS
                || part.used == MAX_PAGES) {
            return false;
        }
        if (!hasRoom) {
            part.add(new byte[newPage]);
        }
        byte[] target = part.pages[part.used - 1];
        int start = part.ends[part.used - 1];
        INT.set(target, start + HASH_AT, hash);
        INT.set(target, start + LENGTH_AT, length);
        System.arraycopy(bytes, from, target, start + RECORD_AT, length);
        part.ends[part.used - 1] = start + size;
        part.records++;
        records++;
        heldBytes += newPage + BUCKET_BYTES;
        return true;
    }

    /**
     * Gives away the largest part, with what will be added to it: that is to be given to the taker
     * by the caller.
     *
     * @param hash whose part is given away if all others are empty
     */
    public void giveLargest(int hash, Taker taker) {
        Part largest = partOf(hash);
        for (Part part : parts) {
            if (part.bytes > largest.bytes) {
                largest = part;
            }
        }
        for (int i = 0; i < largest.used; i++) {
            byte[] bytes = largest.pages[i];
            for (int start = 0; start < largest.ends[i]; ) {
                int length = (int) INT.get(bytes, start + LENGTH_AT);
                taker.take((int) INT.get(bytes, start + HASH_AT), bytes, start + RECORD_AT, length);
                start += RECORD_AT + length;
            }
            largest.pages[i] = null;
        }
        heldBytes -= largest.bytes + (long) largest.records * BUCKET_BYTES;
        records -= largest.records;
        largest.used = 0;
        largest.bytes = 0;
        largest.records = 0;
        largest.given = true;
    }

    /** Nothing is added after; now it can be asked. */
    public void seal() {
        int count = Math.max(2, records);
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
        shift = Integer.SIZE - bits;
        buckets = new long[1 << bits];
        Arrays.fill(buckets, NONE);
        for (int p = 0; p < parts.length; p++) {
            Part part = parts[p];
            for (int i = 0; i < part.used; i++) {
                byte[] bytes = part.pages[i];
                for (int start = 0; start < part.ends[i]; ) {
                    int bucket = bucketOf((int) INT.get(bytes, start + HASH_AT));
                    LONG.set(bytes, start, buckets[bucket]);
                    buckets[bucket] = place(p, i, start);
                    start += RECORD_AT + (int) INT.get(bytes, start + LENGTH_AT);
                }
            }
        }
    }

    private static long place(int part, int page, int start) {
        return (long) part << 56 | (long) page << 32 | start;
    }

    private int bucketOf(int hash) {
        return KeyGroups.murmur(hash) >>> shift;
    }

    /** The first entry that may have the hash; its parts can be read then. */
    public long first(int hash) {
        return at(buckets[bucketOf(hash)], hash);
    }

    /** The next entry that has the hash of the present one. */
    public long next() {
        return at((long) LONG.get(page, at), hash());
    }

    /** Goes on to the first entry from a place that has the hash. */
    private long at(long from, int hash) {
        long place = from;
        while (place != NONE) {
            page = parts[(int) (place >>> 56)].pages[(int) (place >>> 32) & MAX_PAGES - 1];
            at = (int) place;
            if ((int) INT.get(page, at + HASH_AT) == hash) {
                return place;
            }
            place = (long) LONG.get(page, at);
        }
        return NONE;
    }

    private int hash() {
        return (int) INT.get(page, at + HASH_AT);
    }

    /** Where the present entry's record is, from {@link #from}. */
    public byte[] bytes() {
        return page;
    }

    public int from() {
        return at + RECORD_AT;
    }

    public int length() {
        return (int) INT.get(page, at + LENGTH_AT);
    }

    /** Of the present entry. */
    public boolean isMatched() {
        return page[at + MATCHED_AT] != 0;
    }

    /** Remembers that the present entry was matched. */
    public void match() {
        page[at + MATCHED_AT] = 1;
    }

    /** Records in memory. */
    public int records() {
        return records;
    }

    /** Goes over all entries once. */
    public Walk walk() {
        return new Walk();
    }

    /** A walk over all entries, each once. */
    public final class Walk {
        private int part;
        private int index;
        private int start;

        /** Goes to the next entry, which is then the present one; false after the last. */
        public boolean advance() {
            while (part < parts.length) {
                Part there = parts[part];
                if (index == there.used) {
                    part++;
                    index = 0;
                } else if (start == there.ends[index]) {
                    index++;
                    start = 0;
                } else {
                    page = there.pages[index];
                    at = start;
                    start += RECORD_AT + length();
                    return true;
                }
            }
            return false;
        }
    }

    /** Forgets all records, but not which parts were given away. */
    public void release() {
        for (Part part : parts) {
            part.pages = new byte[1][];
            part.ends = new int[1];
            part.used = 0;
        }
        buckets = NOTHING;
        page = null;
        heldBytes = 0;
        records = 0;
    }
}
