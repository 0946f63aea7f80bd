package io.millrace.batch.sort;

/** Sorts pairs of a prefix and a pointer, both signed, in an array of longs. Pure. */
/* Quicksort by the median of three, insertion sort for what is short, heap sort where the pivots are
 * bad. All pairs differ by their pointers, so nothing is gained by three ways.
 */
final class PrefixSort {
    private static final int SHORT = 24;

    private PrefixSort() {}

    /**
     * @param pairs prefix and pointer in turn
     * @param from the first pair
     * @param to the pair behind the last one
     */
    static void sort(long[] pairs, int from, int to) {
        if (!isSorted(pairs, from, to)) {
            int depth = 2 * (32 - Integer.numberOfLeadingZeros(to - from));
            quickSort(pairs, from, to - 1, depth);
        }
    }

    private static boolean isSorted(long[] pairs, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (before(pairs, i, i - 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean before(long[] pairs, int one, int other) {
        long x = pairs[2 * one];
        long y = pairs[2 * other];
        return x < y || x == y && pairs[2 * one + 1] < pairs[2 * other + 1];
    }

    private static void swap(long[] pairs, int one, int other) {
        int i = 2 * one;
        int j = 2 * other;
        long prefix = pairs[i];
        long pointer = pairs[i + 1];
        pairs[i] = pairs[j];
        pairs[i + 1] = pairs[j + 1];
        pairs[j] = prefix;
        pairs[j + 1] = pointer;
    }

    private static void quickSort(long[] pairs, int first, int last, int maxDepth) {
        int low = first;
        int high = last;
        int depth = maxDepth;
        while (high - low >= SHORT) {
            if (depth-- == 0) {
                heapSort(pairs, low, high);
                return;
            }
            int split = partition(pairs, low, high);
            if (split - low < high - split - 1) {
                quickSort(pairs, low, split, depth);
                low = split + 1;
            } else {
                quickSort(pairs, split + 1, high, depth);
                high = split;
            }
        }
        insertionSort(pairs, low, high);
    }

    /** Hoare's: what is up to the result comes before what is behind it. */
    private static int partition(long[] pairs, int low, int high) {
        int middle = (low + high) >>> 1;
        if (before(pairs, middle, low)) {
            swap(pairs, middle, low);
        }
        if (before(pairs, high, middle)) {
            swap(pairs, high, middle);
            if (before(pairs, middle, low)) {
                swap(pairs, middle, low);
            }
        }
        long prefix = pairs[2 * middle];
        long pointer = pairs[2 * middle + 1];
        int i = low;
        int j = high;
        while (true) {
            do {
                i++;
            } while (pairs[2 * i] < prefix || pairs[2 * i] == prefix && pairs[2 * i + 1] < pointer);
            do {
                j--;
            } while (pairs[2 * j] > prefix || pairs[2 * j] == prefix && pairs[2 * j + 1] > pointer);
            if (i >= j) {
                return j;
            }
            swap(pairs, i, j);
        }
    }

    private static void insertionSort(long[] pairs, int low, int high) {
        for (int i = low + 1; i <= high; i++) {
            long prefix = pairs[2 * i];
            long pointer = pairs[2 * i + 1];
            int j = i - 1;
            while (j >= low
                    && (pairs[2 * j] > prefix
                            || pairs[2 * j] == prefix && pairs[2 * j + 1] > pointer)) {
                pairs[2 * j + 2] = pairs[2 * j];
                pairs[2 * j + 3] = pairs[2 * j + 1];
                j--;
            }
            pairs[2 * j + 2] = prefix;
            pairs[2 * j + 3] = pointer;
        }
    }

    static void heapSort(long[] pairs, int low, int high) {
        int count = high - low + 1;
        for (int i = count / 2 - 1; i >= 0; i--) {
            siftDown(pairs, low, i, count);
        }
        for (int i = count - 1; i > 0; i--) {
            swap(pairs, low, low + i);
            siftDown(pairs, low, 0, i);
        }
    }

    private static void siftDown(long[] pairs, int low, int start, int count) {
        int parent = start;
        int child = 2 * parent + 1;
        while (child < count) {
            if (child + 1 < count && before(pairs, low + child, low + child + 1)) {
                child++;
            }
            if (!before(pairs, low + parent, low + child)) {
                return;
            }
            swap(pairs, low + parent, low + child);
            parent = child;
            child = 2 * parent + 1;
        }
    }
}
