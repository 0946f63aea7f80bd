package io.millrace.batch.sort;

import io.millrace.runtime.serde.BinaryWriter;
import java.util.Arrays;

/**
 * Records in memory pages, and an index of prefixes and places, up to a limit of bytes. Filled,
 * then sorted, then read or written to disk, then cleared. Confined to one thread at a time.
 */
/* The index grows in chunks while records come. Sorting distributes it by the highest bits in which the
 * prefixes differ into one array, of which the memory has been counted along with the chunks, and sorts
 * what has come together there: in the cache of a core. A place is the number of the page and the offset
 * in it; places ascend as records come, so equal keys stay in the order in which they came.
 */
final class SortBuffer {
    static final int MIN_PAGE_BYTES = 4 * 1024;
    private static final int MAX_PAGE_BYTES = 64 * 1024;
    private static final int PAGES_AT_LEAST = 16;
    private static final int PAIR_BYTES = 16;
    private static final int MAX_PAIRS = 1 << 29; // twice as many longs are an array
    private static final int MAX_RADIX_BITS = 11;
    private static final int SORTED_AT_ONCE = 512;

    private static final long[] NOTHING = {};

    private final MemoryBudget memory;
    private final long limitBytes;
    private final int pageBytes;
    private final int chunkPairs;
    private byte[][] pages = new byte[PAGES_AT_LEAST][];
    private int pagesHeld;
    private int pagesUsed;
    private int pageFilled;
    private long[][] chunks = new long[PAGES_AT_LEAST][];
    private int chunksHeld;
    private int count;
    private long heldBytes;
    private long recordBytes;
    // Bits in which some prefix differs from the first one.
    private long differing;
    private long firstPrefix;
    private boolean prefixDecides = true;
    private long[] sorted = NOTHING;

    /**
     * @param limitBytes of {@code memory}, for pages and index together
     */
    SortBuffer(MemoryBudget memory, long limitBytes) {
        this.memory = memory;
        this.limitBytes = limitBytes;
        long page = Long.highestOneBit(Math.max(1, limitBytes / PAGES_AT_LEAST));
        this.pageBytes = (int) Math.max(MIN_PAGE_BYTES, Math.min(MAX_PAGE_BYTES, page));
        this.chunkPairs = pageBytes / PAIR_BYTES;
        this.pageFilled = pageBytes;
    }

    /** Adds a record; false, and nothing done, if there is no room left for it. */
    boolean add(KeyWriter key, BinaryWriter record) {
        int size = EntryCursor.size(key, record);
        if (count == chunksHeld * chunkPairs && !holdChunk() || !makeRoom(size)) {
            return false;
        }
        EntryCursor.write(key, record, pages[pagesUsed - 1], pageFilled);
        long prefix = key.prefix() ^ Long.MIN_VALUE;
        if (count == 0) {
            firstPrefix = prefix;
        }
        differing |= prefix ^ firstPrefix;
        prefixDecides &= key.restLength() == 0 && !key.undecided();
        long[] chunk = chunks[count / chunkPairs];
        int at = 2 * (count % chunkPairs);
        chunk[at] = prefix;
        chunk[at + 1] = (long) (pagesUsed - 1) << 32 | pageFilled;
        count++;
        // A record with a page of its own ends it, so that places go on ascending.
        pageFilled = size > pageBytes ? pageBytes : pageFilled + size;
        recordBytes += size;
        return true;
    }

    private boolean holdChunk() {
        // As much again for the array that is sorted.
        if (count + chunkPairs > MAX_PAIRS || !hold(2L * chunkPairs * PAIR_BYTES)) {
            return false;
        }
        if (chunksHeld == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunks.length);
        }
        chunks[chunksHeld++] = new long[2 * chunkPairs];
        return true;
    }

    private boolean makeRoom(int size) {
        if (pageFilled + size <= pageBytes) {
            return true;
        }
        if (pagesUsed == pages.length) {
            pages = Arrays.copyOf(pages, 2 * pages.length);
        }
        if (size > pageBytes) {
            if (pagesHeld == pages.length) {
                pages = Arrays.copyOf(pages, 2 * pages.length);
            }
            if (!hold(size)) {
                return false;
            }
            pages[pagesHeld++] = pages[pagesUsed]; // an empty one, or null
            pages[pagesUsed] = new byte[size];
        } else if (pagesUsed == pagesHeld) {
            if (!hold(pageBytes)) {
                return false;
            }
            pages[pagesHeld++] = new byte[pageBytes];
        }
        pagesUsed++;
        pageFilled = 0;
        return true;
    }

    private boolean hold(long bytes) {
        if (heldBytes + bytes > limitBytes || !memory.take(bytes)) {
            return false;
        }
        heldBytes += bytes;
        return true;
    }

    int count() {
        return count;
    }

    /** Bytes of the entries. */
    long recordBytes() {
        return recordBytes;
    }

    long heldBytes() {
        return heldBytes;
    }

    /** Sorts what was added. */
    void sort(TieBreaker ties) {
        int pairs = chunksHeld * chunkPairs;
        if (sorted.length < 2 * pairs) {
            sorted = NOTHING; // is not there beside the new one
            sorted = new long[2 * pairs];
        }
        if (count <= SORTED_AT_ONCE || differing == 0) {
            copyIndex();
            sortRange(0, count, ties);
            return;
        }
        int bits = Math.min(MAX_RADIX_BITS, 32 - Integer.numberOfLeadingZeros(count >>> 5));
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(differing) - bits);
        int mask = (1 << bits) - 1;
        int[] ends = distribute(shift, mask);
        int from = 0;
        for (int end : ends) {
            if (end - from > 1) {
                sortRange(from, end, ties);
            }
            from = end;
        }
    }

    private void copyIndex() {
        for (int i = 0; i < count; i += chunkPairs) {
            int length = Math.min(chunkPairs, count - i);
            System.arraycopy(chunks[i / chunkPairs], 0, sorted, 2 * i, 2 * length);
        }
    }

    /** Into the array by some bits of the prefix; answers where each range ends. */
    private int[] distribute(int shift, int mask) {
        int[] places = new int[mask + 1];
        for (int i = 0; i < count; i += chunkPairs) {
            long[] chunk = chunks[i / chunkPairs];
            int end = 2 * Math.min(chunkPairs, count - i);
            for (int at = 0; at < end; at += 2) {
                places[(int) ((chunk[at] ^ Long.MIN_VALUE) >>> shift) & mask]++;
            }
        }
        int sum = 0;
        for (int i = 0; i <= mask; i++) {
            int size = places[i];
            places[i] = sum;
            sum += size;
        }
        for (int i = 0; i < count; i += chunkPairs) {
            long[] chunk = chunks[i / chunkPairs];
            int end = 2 * Math.min(chunkPairs, count - i);
            for (int at = 0; at < end; at += 2) {
                long prefix = chunk[at];
                int bucket = (int) ((prefix ^ Long.MIN_VALUE) >>> shift) & mask;
                int place = 2 * places[bucket]++;
                sorted[place] = prefix;
                sorted[place + 1] = chunk[at + 1];
            }
        }
        return places; // each has moved to its end
    }

    private void sortRange(int from, int to, TieBreaker ties) {
        PrefixSort.sort(sorted, from, to);
        if (!prefixDecides) {
            ties.resolve(this, sorted, from, to);
        }
    }

    byte[] page(long place) {
        return pages[(int) (place >>> 32)];
    }

    /** The entries in order, after {@link #sort}, until the buffer is cleared. */
    EntryCursor cursor() {
        return new Cursor();
    }

    private final class Cursor extends EntryCursor {
        private int next;

        @Override
        boolean advance() {
            if (next == count) {
                return false;
            }
            long place = sorted[2 * next + 1];
            at(sorted[2 * next], page(place), (int) place);
            next++;
            return true;
        }
    }

    /** Forgets the records; keeps pages and index for others. */
    void clear() {
        int kept = 0;
        for (int i = 0; i < pagesHeld; i++) {
            byte[] page = pages[i];
            pages[i] = null;
            if (page != null && page.length == pageBytes) {
                pages[kept++] = page;
            } else if (page != null) {
                letGo(page.length);
            }
        }
        pagesHeld = kept;
        pagesUsed = 0;
        pageFilled = pageBytes;
        count = 0;
        recordBytes = 0;
        differing = 0;
        prefixDecides = true;
    }

    /** Forgets all, and gives the memory back. */
    void release() {
        pages = new byte[PAGES_AT_LEAST][];
        chunks = new long[PAGES_AT_LEAST][];
        sorted = NOTHING;
        pagesHeld = 0;
        chunksHeld = 0;
        letGo(heldBytes);
        clear();
    }

    private void letGo(long bytes) {
        memory.giveBack(bytes);
        heldBytes -= bytes;
    }
}
