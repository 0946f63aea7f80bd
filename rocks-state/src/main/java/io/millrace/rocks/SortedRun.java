package io.millrace.rocks;

import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Many changes of one table, put into the order of their keys, so that they become a file of the
 * database at once. Confined to one thread.
 */
/* What is written in any order passes through a write buffer, a file of that and merges of such files: three times as
 * much processor time as sorting here and writing once. */
final class SortedRun {
    private final BatchBuilder batch;
    private int[] starts = new int[1024]; // where each change begins in the batch
    private int count;

    /**
     * @param batch filled by its owner, who calls {@link #begin} before each change; puts and
     *     removals of one table only
     */
    SortedRun(BatchBuilder batch) {
        this.batch = batch;
    }

    /** The next change begins. */
    void begin() {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = batch.sizeBytes();
    }

    void clear() {
        count = 0;
    }

    /** Writes a new file; of several changes of a key the last one counts. */
    void writeTo(Path file, SstFileWriter out) throws RocksDBException {
        BatchChanges changes = batch.changes();
        int[] order = order(changes);
        out.open(file.toString());
        for (int i = 0; i < count; i++) {
            int change = starts[order[i]];
            boolean last = i == count - 1 || changes.compare(change, starts[order[i + 1]]) != 0;
            if (last) {
                changes.writeTo(out, change);
            }
        }
        out.finish();
    }

    /** By key, then as they came. */
    private int[] order(BatchChanges changes) {
        long[] prefixes = new long[count];
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            prefixes[i] = changes.prefix(starts[i]);
            order[i] = i;
        }
        sort(prefixes, order);
        for (int from = 0; from < count; ) {
            int to = from + 1;
            while (to < count && prefixes[order[to]] == prefixes[order[from]]) {
                to++;
            }
            if (to > from + 1) {
                sort(changes, order, from, to);
            }
            from = to;
        }
        return order;
    }

    /** By all of their keys, those whose beginnings are the same. */
    private void sort(BatchChanges changes, int[] order, int from, int to) {
        Integer[] some = new Integer[to - from];
        for (int i = from; i < to; i++) {
            some[i - from] = order[i];
        }
        Arrays.sort(some, (a, b) -> changes.compare(starts[a], starts[b]));
        for (int i = from; i < to; i++) {
            order[i] = some[i - from];
        }
    }

    /** Byte by byte from the last one, each time keeping the order of equal ones. */
    private static void sort(long[] prefixes, int[] order) {
        int[] other = new int[order.length];
        int[] into = order;
        int[] from = other;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            int[] ends = new int[256];
            for (long prefix : prefixes) {
                ends[(int) (prefix >>> shift) & 0xFF]++;
            }
            if (order.length == 0 || ends[(int) (prefixes[0] >>> shift) & 0xFF] == order.length) {
                continue;
            }
            int end = 0;
            for (int i = 0; i < ends.length; i++) {
                end += ends[i];
                ends[i] = end;
            }
            int[] swapped = from;
            from = into;
            into = swapped;
            for (int i = from.length - 1; i >= 0; i--) {
                into[--ends[(int) (prefixes[from[i]] >>> shift) & 0xFF]] = from[i];
            }
        }
        if (into != order) {
            System.arraycopy(into, 0, order, 0, order.length);
        }
    }
}
