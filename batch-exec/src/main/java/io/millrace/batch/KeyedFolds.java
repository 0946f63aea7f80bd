package io.millrace.batch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.type.GenericTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.batch.sort.ExternalSorter;
import io.millrace.batch.sort.KeyNormalizer;
import io.millrace.batch.sort.KeyNormalizers;
import io.millrace.batch.sort.SortOrder;
import io.millrace.batch.sort.SortedRecords;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds the records of each key into one value, in bounded memory: first all records are given,
 * then {@link #step} gives each value once. Confined to its operator; close removes the files.
 */
/* A hybrid: values are in a table; as it is full, its largest part goes to a sort by hash, and so do all
 * records of that part from then on. The end reads the sort: of each key the value that the table had, if
 * it had one, and then its records in their order. So what fits costs no disk, no two values are ever
 * merged, and the function is called as it would be for records that were sorted by key. Different keys of
 * one hash are rare, so those of one hash are searched one by one.
 */
final class KeyedFolds implements AutoCloseable {
    private static final int RECORDS = 0;
    private static final int VALUES = 1;
    private static final KeyNormalizer<Integer> BY_HASH =
            KeyNormalizers.of(new Schema.ScalarOf(Scalar.INT));

    private final PartitionFold fold;
    private final KeySelector<Object, Object> keySelector;
    private final ExternalSorter<KeyedRecord> sorter;
    private final KeyedRecord added = new KeyedRecord();
    // Null if values have no serial form: then all records are sorted.
    private final FoldTable table;
    private boolean sorts;
    // Whether there are records with timestamps, which come behind what the table has of their
    // keys.
    private boolean timed;
    private boolean read;
    private FoldTable.Walk walk;
    private boolean walked;
    // Null before the end.
    private SortedRecords<KeyedRecord> sorted;
    private boolean hasNext;
    // The keys of the hash that is being read.
    private final List<Held> held = new ArrayList<>();
    private int heldHash;
    private boolean emitsHeld;
    private int emitted;
    private Object result;
    private Object resultKey;
    private int resultHash;

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
        this.fold = fold;
        this.keySelector = keySelector;
        BatchSettings settings = BatchSettings.from(context.config());
        long tableBytes = forms.values == null ? 0 : settings.reduceMemoryBytes() / 2;
        List<Serializer<Object>> inputs = new ArrayList<>();
        inputs.add(forms.records);
        if (forms.values == null) {
            this.table = null;
        } else {
            Serializer<Object> partials =
                    new PartialSerializer(forms.keys, new OrNullSerializer(forms.values));
            inputs.add(partials);
            boolean grows = !FixedSize.is(forms.values.schema());
            this.table = new FoldTable(fold, new ByteMeasure(partials), grows, tableBytes);
        }
        this.sorts = table == null;
        this.sorter =
                new ExternalSorter<>(
                        byTime
                                ? SortOrder.of(new HashOrder())
                                : SortOrder.by(KeyedRecord::keyHash, BY_HASH),
                        new KeyedRecordSerializer(inputs),
                        settings.sorting(
                                context.spillDirectory(),
                                settings.reduceMemoryBytes() - tableBytes));
    }

    /** Takes a record, which is this one's from now on. */
    void add(Object record, Object key, int keyHash) throws Exception {
        if (table == null || !table.fold(key, keyHash, record)) {
            sort(RECORDS, record, key, keyHash);
            return;
        }
        while (table.isFull() && table.giveLargest(this::take)) {
            sorts = true;
        }
    }

    /**
     * The same of a record with a timestamp, if they count: it is folded behind those of its key
     * that have none, or an earlier one.
     */
    void addTimed(Object record, long timestampMs, Object key, int keyHash) {
        timed = true;
        sorts = true;
        added.fill(RECORDS, record, timestampMs, key, keyHash);
        sorter.add(added);
    }

    /** Records with these hashes come next. */
    void expect(int[] keyHashes, int count) {
        if (table != null) {
            table.expect(keyHashes, count);
        }
    }

    private void sort(int input, Object value, Object key, int keyHash) {
        added.fill(input, value, RecordChunk.NO_TIMESTAMP, key, keyHash);
        sorter.add(added);
    }

    /** What is too large to be sorted stays where it is, as it would be in memory at the end. */
    private boolean take(Object key, int keyHash, Object value) {
        try {
            sort(VALUES, new Partial(key, keyHash, value), key, keyHash);
            return true;
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.RECORD_TOO_LARGE) {
                throw e;
            }
            return false;
        }
    }

    /** Does a little of what is left, when all records have been given. */
    Step step() throws Exception {
        if (timed && !read) {
            Step done = readSorted();
            read = done == Step.END;
            return read ? Step.ON : done;
        }
        if (table != null && !walked) {
            return walkTable();
        }
        return sorts && !timed ? readSorted() : Step.END;
    }

    private Step walkTable() {
        if (walk == null) {
            walk = table.walk();
        }
        walked = !walk.advance();
        if (walked || !walk.isTaken()) {
            return Step.ON;
        }
        result = fold.result(walk.value());
        resultKey = walk.key();
        resultHash = walk.keyHash();
        return Step.RESULT;
    }

    private Step readSorted() throws Exception {
        if (emitsHeld) {
            return emitHeld();
        }
        if (sorted == null) {
            sorted = sorter.sorted();
            hasNext = sorted.advance();
        }
        if (!hasNext) {
            return Step.END;
        }
        int hash = (int) (sorted.keyPrefix() >>> Integer.SIZE) ^ Integer.MIN_VALUE;
        if (!held.isEmpty() && hash != heldHash) {
            emitsHeld = true;
            return Step.ON;
        }
        heldHash = hash;
        hold(sorted.record());
        hasNext = sorted.advance();
        emitsHeld = !hasNext;
        return Step.ON;
    }

    private void hold(KeyedRecord next) throws Exception {
        if (next.input == VALUES) {
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
        Object before = timed && table != null ? table.takeOut(key, heldHash) : FoldTable.NOTHING;
        held.add(
                new Held(
                        key,
                        before == FoldTable.NOTHING
                                ? fold.begin(next.value)
                                : fold.add(before, next.value)));
    }

    private Step emitHeld() {
        result = fold.result(held.get(emitted).value);
        resultKey = held.get(emitted).key;
        resultHash = heldHash;
        emitted++;
        if (emitted == held.size()) {
            held.clear();
            emitted = 0;
            emitsHeld = false;
        }
        return Step.RESULT;
    }

    /** Of the step that has just been done. */
    Object result() {
        return result;
    }

    /** Of the same step. */
    Object key() {
        return resultKey;
    }

    /** Of {@link #key}. */
    int keyHash() {
        return resultHash;
    }

    @Override
    public void close() {
        sorter.close();
    }
}
