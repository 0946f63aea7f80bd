package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.batch.sort.ExternalSorter;
import io.millrace.batch.sort.KeyNormalizer;
import io.millrace.batch.sort.KeyNormalizers;
import io.millrace.batch.sort.SortOrder;
import io.millrace.batch.sort.SortSettings;
import io.millrace.batch.sort.SortedRecords;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds the records of each key by a sort by hash, in bounded memory but for the keys of one hash.
 * Confined to its operator; close removes the files.
 */
/* Different keys of one hash are rare, so those of one hash are searched one by one. */
final class SortedFolds implements AutoCloseable {
    private static final KeyNormalizer<Integer> BY_HASH =
            KeyNormalizers.of(new Schema.ScalarOf(Scalar.INT));

    private final PartitionFold fold;
    private final KeySelector<Object, Object> keySelector;
    private final Before before;
    private final ExternalSorter<KeyedRecord> sorter;
    private final KeyedRecord added = new KeyedRecord();
    // Null before the end.
    private SortedRecords<KeyedRecord> sorted;
    private boolean hasNext;
    // The keys of the hash that is being read.
    private final List<Held> held = new ArrayList<>();
    private int heldHash;
    private boolean emitsHeld;
    private int emitted;

    /** What keys have of records that are not sorted, and come before those that are. */
    interface Before {
        /** Takes a key's value out; {@link FoldTable#NOTHING} if there is none. */
        Object takeOut(Object key, int keyHash);
    }

    /** A key and its value so far. */
    private static final class Held {
        private final Object key;
        private Object value;

        Held(Object key, Object value) {
            this.key = key;
            this.value = value;
        }
    }

    /**
     * @param keySelector of records
     * @param byTime whether records may have timestamps, by which those of a key are folded then
     */
    SortedFolds(
            PartitionFold fold,
            KeySelector<Object, Object> keySelector,
            Before before,
            KeyedRecordSerializer records,
            boolean byTime,
            SortSettings settings) {
        this.fold = fold;
        this.keySelector = keySelector;
        this.before = before;
        this.sorter =
                new ExternalSorter<>(
                        byTime
                                ? SortOrder.of(new HashOrder())
                                : SortOrder.by(KeyedRecord::keyHash, BY_HASH),
                        records,
                        settings);
    }

    /** Takes a record, or a value of those that came before. */
    void add(int input, Object value, long timestampMs, Object key, int keyHash) {
        added.fill(input, value, timestampMs, key, keyHash);
        sorter.add(added);
    }

    /** Does a little of what is left, when all records have been given. */
    KeyedFolds.Step step(Folded result) throws Exception {
        if (emitsHeld) {
            return emitHeld(result);
        }
        if (sorted == null) {
            sorted = sorter.sorted();
            hasNext = sorted.advance();
        }
        if (!hasNext) {
            return KeyedFolds.Step.END;
        }
        int hash = (int) (sorted.keyPrefix() >>> Integer.SIZE) ^ Integer.MIN_VALUE;
        if (!held.isEmpty() && hash != heldHash) {
            emitsHeld = true;
            return KeyedFolds.Step.ON;
        }
        heldHash = hash;
        hold(sorted.record());
        hasNext = sorted.advance();
        emitsHeld = !hasNext;
        return KeyedFolds.Step.ON;
    }

    private void hold(KeyedRecord next) throws Exception {
        if (next.input == KeyedFolds.VALUES) {
            Partial first = (Partial) next.value;
            held.add(new Held(first.key, first.fold));
            return;
        }
        Object key = keySelector.getKey(next.value);
        for (Held one : held) {
            if (one.key.equals(key)) {
                one.value = fold.add(one.value, next.value);
                return;
            }
        }
        Object first = before.takeOut(key, heldHash);
        held.add(
                new Held(
                        key,
                        first == FoldTable.NOTHING
                                ? fold.begin(next.value)
                                : fold.add(first, next.value)));
    }

    private KeyedFolds.Step emitHeld(Folded result) {
        Held one = held.get(emitted);
        result.set(one.key, heldHash, fold.result(one.value));
        emitted++;
        if (emitted == held.size()) {
            held.clear();
            emitted = 0;
            emitsHeld = false;
        }
        return KeyedFolds.Step.RESULT;
    }

    @Override
    public void close() {
        sorter.close();
    }
}
