package io.millrace.batch;

import io.millrace.runtime.operator.KeyTable;
import java.util.Arrays;

/** The entries of a table in the order of their hashes. Confined to its operator. */
final class SortedTable implements FoldSequence {
    private final KeyTable table;
    // Hash in the upper half, slot in the lower: one sort of primitives.
    private final long[] order;
    private int position;

    SortedTable(KeyTable table) {
        this.table = table;
        this.order = new long[table.size()];
        int count = 0;
        for (int slot = 0; slot < table.slots(); slot++) {
            if (table.keyAt(slot) != null) {
                order[count++] = (long) table.hashAt(slot) << 32 | slot;
            }
        }
        Arrays.sort(order);
    }

    @Override
    public FoldFormat.Fold next() {
        if (position == order.length) {
            return null;
        }
        int slot = (int) order[position++];
        return new FoldFormat.Fold(table.hashAt(slot), table.keyAt(slot), table.valueAt(slot));
    }
}
