package io.millrace.batch;

import io.millrace.batch.FoldSerializer.Fold;
import io.millrace.batch.sort.ExternalSorter;
import io.millrace.batch.sort.KeyNormalizer;
import io.millrace.batch.sort.KeyNormalizers;
import io.millrace.batch.sort.SortOrder;
import io.millrace.batch.sort.SortSettings;
import io.millrace.runtime.operator.KeyTable;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;

/**
 * The folds of tables that were full, sorted by the hashes of their keys. Confined to its operator;
 * close removes what is on disk.
 */
final class SpilledFolds implements AutoCloseable {
    private static final KeyNormalizer<Integer> BY_HASH =
            KeyNormalizers.of(new Schema.ScalarOf(Scalar.INT));

    private final FoldSerializer format;
    private final SortSettings settings;
    // Made with the first table that is full.
    private ExternalSorter<Fold> sorter;

    SpilledFolds(FoldSerializer format, SortSettings settings) {
        this.format = format;
        this.settings = settings;
    }

    boolean isEmpty() {
        return sorter == null;
    }

    /** Takes over all folds of a table, which is empty then. */
    void take(KeyTable table) {
        if (sorter == null) {
            sorter = new ExternalSorter<>(SortOrder.by(Fold::keyHash, BY_HASH), format, settings);
        }
        for (int slot = 0; slot < table.slots(); slot++) {
            if (table.keyAt(slot) != null) {
                sorter.add(new Fold(table.hashAt(slot), table.keyAt(slot), table.valueAt(slot)));
            }
        }
        table.clear();
    }

    /** Each key once, in the order of hashes. */
    FoldMerger merged(Folding folding) {
        return new FoldMerger(sorter.sorted(), folding);
    }

    @Override
    public void close() {
        if (sorter != null) {
            sorter.close();
        }
    }
}
