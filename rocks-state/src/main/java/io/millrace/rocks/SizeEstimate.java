package io.millrace.rocks;

/** About how many bytes of heap an object of a kind takes. Confined to one thread. */
final class SizeEstimate {
    private static final double WEIGHT_OF_LATEST = 0.05;
    private static final int OBJECT_BYTES = 16;
    private static final int FIRST_GUESS_BYTES = 48;

    private double average = FIRST_GUESS_BYTES;

    /** An object of so many serialized bytes was seen; in memory, it has about twice as many. */
    void sample(int serializedBytes) {
        double seen = OBJECT_BYTES + 2.0 * serializedBytes;
        average += (seen - average) * WEIGHT_OF_LATEST;
    }

    double bytes() {
        return average;
    }
}
