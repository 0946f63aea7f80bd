package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.batch.sort.ExternalSorter;
import io.millrace.batch.sort.SortOrder;
import io.millrace.batch.sort.SortSettings;
import io.millrace.batch.sort.SortedRecords;
import io.millrace.runtime.operator.KeySort;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import java.util.ArrayList;
import java.util.List;

/** Sorts the records of a keyed operator in bounded memory. Confined to its task. */
final class SpillingKeySort implements KeySort {
    private final List<KeySelector<Object, Object>> keys;
    private final ExternalSorter<KeyedRecord> sorter;
    private final KeyedRecord added = new KeyedRecord();
    // Null while records are added.
    private SortedRecords<KeyedRecord> sorted;
    // Null before the first one.
    private KeyedRecord present;
    private Object key;
    private int keyHash;
    private boolean beginsKey;

    /**
     * @param keys of each input; null for one of which no records come
     */
    SpillingKeySort(OperatorContext context, List<KeySelector<Object, Object>> keys) {
        this.keys = keys;
        List<Serializer<Object>> inputs = new ArrayList<>();
        for (int input = 0; input < keys.size(); input++) {
            inputs.add(context.inputSerializer(input));
        }
        this.sorter =
                new ExternalSorter<>(
                        SortOrder.of(
                                new KeyOrder(keys, Serializers.of(null, context.userLoader()))),
                        new KeyedRecordSerializer(inputs),
                        SortSettings.of(
                                context.spillDirectory(),
                                BatchSettings.from(context.config()).reduceMemoryBytes(),
                                BatchOptions.REDUCE_MEMORY.key()));
    }

    @Override
    public void add(int input, Object record, long timestampMs, Object newKey, int newHash) {
        added.fill(input, record, timestampMs, newKey, newHash);
        sorter.add(added);
    }

    @Override
    public boolean advance() throws Exception {
        if (sorted == null) {
            sorted = sorter.sorted();
        }
        if (!sorted.advance()) {
            return false;
        }
        present = sorted.record();
        Object next = present.key(keys);
        beginsKey = !next.equals(key);
        if (beginsKey) {
            key = next;
            keyHash = present.keyHash();
        }
        return true;
    }

    @Override
    public boolean beginsKey() {
        return beginsKey;
    }

    @Override
    public int keyHash() {
        return keyHash;
    }

    @Override
    public int input() {
        return present.input;
    }

    @Override
    public Object record() {
        return present.value;
    }

    @Override
    public long timestampMs() {
        return present.timestampMs;
    }

    @Override
    public void close() {
        sorter.close();
    }
}
