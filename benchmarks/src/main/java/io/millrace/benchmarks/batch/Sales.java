package io.millrace.benchmarks.batch;

/** The checksum of a row of the scan; such that it can be said in SQL too. Pure. */
public final class Sales {
    private Sales() {}

    /**
     * To be given to a tally, which mixes it.
     *
     * @param discount and price in steps of a sixteenth and a quarter
     * @param productLength letters of the product
     * @param productEnd the last of them
     */
    public static long checksum(
            long id,
            int quantity,
            double price,
            float discount,
            int productLength,
            int productEnd) {
        return id * 31
                + quantity * 7L
                + (long) (price * 4) * 3
                + (long) (discount * 16) * 11
                + productLength * 13L
                + productEnd;
    }
}
