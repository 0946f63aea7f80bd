package io.millrace.batch;

import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.type.GenericTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds the records of each key into one value, in bounded memory: first all records are given,
 * then {@link #step} gives each value once. Confined to its operator; close removes the files.
 */
/* Values are in a table, of which parts that do not fit go to disk: see PartedFolds. Records with
 * timestamps, and all if values have no serial form, go to a sort by hash instead: see SortedFolds. In both
 * no two values are ever merged, and the function is called as it would be for records that were sorted by
 * key.
 */
final class KeyedFolds implements AutoCloseable {
    /** What is put aside: records, and values of those before them as {@link Partial}s. */
    static final int RECORDS = 0;

    static final int VALUES = 1;

    // Of the memory: a table, blocks that are written, and the longest record; a sort has the rest.
    private static final int TABLE_SHARE = 2;
    private static final int PARTS_SHARE = 8;
    private static final int LONGEST_SHARE = 8;

    private final KeyedRecordSerializer records;
    // Null if values have no serial form: then all records are sorted.
    private final PartedFolds parted;
    private final Sorting sorting;
    // Null before the first record that is sorted.
    private SortedFolds sorted;
    // Whether there are records with timestamps, which come behind what the table has of their
    // keys.
    private boolean timed;
    private boolean sortedFirst;
    private final Folded result = new Folded();

    /** Makes the sort when it is needed. */
    private interface Sorting {
        SortedFolds begin();
    }

    /**
     * How what is put aside is written. Immutable.
     *
     * @param keys of any class
     * @param values null if they have no serial form
     */
    record Forms(Serializer<Object> keys, Serializer<Object> records, Serializer<Object> values) {
        /** Of the records of an operator and what it keeps of them. */
        static Forms of(WindowContents contents, OperatorContext context) {
            return new Forms(
                    Serializers.of(null, context.userLoader()),
                    context.inputSerializer(),
                    valuesOf(contents, context));
        }

        /** Null if values are of unknown classes: those need not have a serial form. */
        private static Serializer<Object> valuesOf(
                WindowContents contents, OperatorContext context) {
            if (contents instanceof WindowContents.Reduced) {
                return context.inputSerializer();
            }
            TypeInformation<?> type = ((WindowContents.Aggregated) contents).accumulators();
            if (type == null || type instanceof GenericTypeInfo<?>) {
                return null;
            }
            try {
                return context.serializerOf(type);
            } catch (MillraceException e) {
                return null; // a part of it has none
            }
        }

        /** The same where no values are written: then all records are sorted. */
        Forms ofRecords() {
            return new Forms(keys, records, null);
        }
    }

    /** What {@link #step} has done. */
    enum Step {
        ON,
        RESULT,
        END
    }

    /**
     * @param keySelector of records
     * @param byTime whether records may have timestamps, by which those of a key are folded then
     */
    KeyedFolds(
            PartitionFold fold,
            KeySelector<Object, Object> keySelector,
            Forms forms,
            boolean byTime,
            OperatorContext context) {
        BatchSettings settings = BatchSettings.from(context.config());
        long bytes = settings.reduceMemoryBytes();
        long tableBytes = forms.values == null ? 0 : bytes / TABLE_SHARE;
        long partsBytes = forms.values == null ? 0 : bytes / PARTS_SHARE;
        List<Serializer<Object>> inputs = new ArrayList<>();
        inputs.add(forms.records);
        Serializer<Object> partials = null;
        if (forms.values != null) {
            partials = new PartialSerializer(forms.keys, new OrNullSerializer(forms.values));
            inputs.add(partials);
        }
        this.records = new KeyedRecordSerializer(inputs);
        if (partials == null) {
            this.parted = null;
        } else {
            this.parted =
                    new PartedFolds(
                            fold,
                            keySelector,
                            new PartedFolds.Memory(
                                    tableBytes,
                                    settings.sorting(context.spillDirectory(), partsBytes),
                                    bytes / LONGEST_SHARE),
                            new ByteMeasure(partials),
                            !FixedSize.is(forms.values.schema()),
                            records,
                            this::sort);
        }
        this.sorting =
                () ->
                        new SortedFolds(
                                fold,
                                keySelector,
                                this::takeOut,
                                records,
                                byTime,
                                settings.sorting(
                                        context.spillDirectory(), bytes - tableBytes - partsBytes));
    }

    /** Takes a record, which is this one's from now on. */
    void add(Object record, Object key, int keyHash) throws Exception {
        if (parted == null) {
            sort(RECORDS, record, key, keyHash);
        } else {
            parted.add(record, key, keyHash);
        }
    }

    /**
     * The same of a record with a timestamp, if they count: it is folded behind those of its key
     * that have none, or an earlier one.
     */
    void addTimed(Object record, long timestampMs, Object key, int keyHash) {
        timed = true;
        sorted().add(RECORDS, record, timestampMs, key, keyHash);
    }

    /** Records with these hashes come next. */
    void expect(int[] keyHashes, int count) {
        if (parted != null) {
            parted.expect(keyHashes, count);
        }
    }

    private SortedFolds sorted() {
        if (sorted == null) {
            sorted = sorting.begin();
        }
        return sorted;
    }

    private void sort(int input, Object value, Object key, int keyHash) {
        sorted().add(input, value, RecordChunk.NO_TIMESTAMP, key, keyHash);
    }

    private Object takeOut(Object key, int keyHash) {
        return timed && parted != null ? parted.takeOut(key, keyHash) : FoldTable.NOTHING;
    }

    /** Does a little of what is left, when all records have been given. */
    Step step() throws Exception {
        if (timed && parted != null && !sortedFirst) {
            if (parted.giveSpilled()) {
                return Step.ON;
            }
            Step done = sorted.step(result);
            sortedFirst = done == Step.END;
            return sortedFirst ? Step.ON : done;
        }
        Step done = parted == null ? Step.END : parted.step(result);
        return done == Step.END && sorted != null && !sortedFirst ? sorted.step(result) : done;
    }

    /** Of the step that has just been done. */
    Object result() {
        return result.result();
    }

    /** Of the same step. */
    Object key() {
        return result.key();
    }

    /** Of {@link #key}. */
    int keyHash() {
        return result.keyHash();
    }

    @Override
    public void close() {
        try (SortedFolds closing = sorted) {
            if (parted != null) {
                parted.close();
            }
        }
    }
}
