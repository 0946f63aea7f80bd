package io.millrace.connector.parquet.write;

/**
 * The distinct values of a column chunk in the order of their first use. A hash table of open
 * addressing on the values themselves. Confined to its column.
 */
/* What a page adds beyond the limit is taken back: pages before it need the values up to there only. */
abstract class Dictionary {
    static final int FIRST_SLOTS = 1 << 10;

    /** Odd, the bits of the golden ratio: spreads neighbours. */
    static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    static Dictionary of(PageValues values) {
        return switch (values.kind) {
            case INTS -> new IntDictionary();
            case LONGS -> new LongDictionary();
            case BYTES -> new BytesDictionary(values.fixedBytes);
            case BOOLEANS -> throw new IllegalArgumentException("truth values have no dictionary");
        };
    }

    /**
     * The place of each value in the dictionary.
     *
     * @param ids as long as there are values
     * @param maxBytes of the dictionary
     * @return false if it has become larger; the ids mean nothing then
     */
    abstract boolean place(PageValues values, int[] ids, int maxBytes);

    /** Distinct values. */
    abstract int size();

    /** Of the dictionary's page. */
    abstract int bytes();

    /** Forgets all but the first ones. The dictionary takes no further values then. */
    abstract void cutTo(int size, int bytes);

    abstract void writePage(PageBytes out);

    abstract void clear();

    static int slotOf(long hash, int slots) {
        return (int) (hash * SPREAD >>> Long.numberOfLeadingZeros(slots - 1L));
    }
}
