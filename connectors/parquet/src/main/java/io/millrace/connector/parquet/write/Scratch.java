package io.millrace.connector.parquet.write;

/** Room for a page that is being encoded, shared by the columns of a row group. Confined to it. */
final class Scratch {
    private static final int KEPT_BYTES = 8 << 20;

    final PageBytes page = new PageBytes(1 << 10);
    final DeltaEncoding deltas = new DeltaEncoding();
    private int[] numbers = new int[1 << 8];

    int[] numbers(int count) {
        if (numbers.length < count) {
            numbers = new int[Math.max(count, (int) Math.min(2L * numbers.length, 1 << 28))];
        }
        return numbers;
    }

    /** Gives back what one huge page has needed. */
    void trim() {
        page.trim(KEPT_BYTES);
        if (numbers.length > KEPT_BYTES / Integer.BYTES) {
            numbers = new int[1 << 8];
        }
    }
}
