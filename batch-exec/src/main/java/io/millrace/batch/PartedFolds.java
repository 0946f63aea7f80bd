package io.millrace.batch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.batch.sort.RecordForm;
import io.millrace.batch.sort.SortSettings;
import io.millrace.batch.sort.SpilledParts;
import io.millrace.runtime.chunk.RecordChunk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Folds the records of each key in a table, and parts of the table that do not fit on disk.
 * Confined to its operator; close removes the files.
 */
/* When the table is full, its largest part goes to a file, and so do all records of that part from then on,
 * in the order in which they come. The end gives what is in the table; then it takes the parts, one after
 * the other, into a table of the next level. What does not fit there is divided again, by other bits of
 * the hash. So what fits costs no disk, what does not is written once for each level, in large blocks of
 * many files, and nothing is sorted. What is still too large at the deepest level is somebody else's.
 */
final class PartedFolds implements AutoCloseable {
    /** Levels of tables. All but the last one divide what they give away: 65,536 parts at most. */
    private static final int LEVELS = 3;

    /** Records that are read at a time, so that the places of their keys come into the cache. */
    private static final int READ_AT_ONCE = 64;

    private final PartitionFold fold;
    private final KeySelector<Object, Object> keySelector;
    private final Memory memory;
    private final FoldSizes.Measure measure;
    private final boolean grows;
    private final RecordForm<KeyedRecord> form;
    private final Rest rest;
    private final KeyedRecord added = new KeyedRecord();
    // The deepest first.
    private final Deque<Level> levels = new ArrayDeque<>();
    private final KeyedRecord[] read = new KeyedRecord[READ_AT_ONCE];
    private final Object[] readKeys = new Object[READ_AT_ONCE];
    private final int[] readHashes = new int[READ_AT_ONCE];

    /**
     * What may be used. Immutable.
     *
     * @param tableBytes of a table, of which there is one at a time
     * @param parts of the blocks that are being filled
     * @param longestRecordBytes that may be written
     */
    record Memory(long tableBytes, SortSettings parts, long longestRecordBytes) {}

    /** Takes what is too large at the deepest level. */
    interface Rest {
        void add(int input, Object value, Object key, int keyHash);
    }

    /** A table, and what it has given away. */
    private final class Level implements AutoCloseable, FoldTable.Taker {
        private final int number;
        private final FoldTable table;
        // Where its records come from; null if it has all.
        private SpilledParts<KeyedRecord>.PartRecords source;
        private int filled;
        private int taken;
        // Null before anything is given away.
        private SpilledParts<KeyedRecord> spilled;
        private FoldTable.Walk walk;
        private boolean walked;
        private int nextPart;

        Level(int number, SpilledParts<KeyedRecord>.PartRecords source) {
            this.number = number;
            this.source = source;
            this.table =
                    new FoldTable(
                            fold,
                            measure,
                            grows,
                            memory.tableBytes,
                            number,
                            source == null
                                    ? Long.MAX_VALUE
                                    : FoldSizes.most(source.count(), source.bytes()));
        }

        void add(Object record, Object key, int keyHash) throws Exception {
            if (table.fold(key, keyHash, record)) {
                makeRoom();
            } else {
                spill(KeyedFolds.RECORDS, record, key, keyHash);
            }
        }

        private void begin(Partial first, int keyHash) {
            if (table.begin(first.key, keyHash, first.fold)) {
                makeRoom();
            } else {
                spill(KeyedFolds.VALUES, first, first.key, keyHash);
            }
        }

        private void makeRoom() {
            boolean gives = true;
            while (gives && table.isFull()) {
                gives = table.giveLargest(this);
            }
        }

        /** What is too large to be written stays where it is, as it would be in memory later. */
        @Override
        public boolean take(Object key, int keyHash, Object value) {
            try {
                spill(KeyedFolds.VALUES, new Partial(key, keyHash, value), key, keyHash);
                return true;
            } catch (MillraceException e) {
                if (e.code() != ErrorCode.RECORD_TOO_LARGE) {
                    throw e;
                }
                return false;
            }
        }

        private void spill(int input, Object value, Object key, int keyHash) {
            if (number == LEVELS - 1 || table.parts() == 1) {
                rest.add(input, value, key, keyHash);
                return;
            }
            if (spilled == null) {
                spilled =
                        new SpilledParts<>(
                                table.parts(), form, memory.parts, memory.longestRecordBytes);
            }
            added.fill(input, value, RecordChunk.NO_TIMESTAMP, key, keyHash);
            spilled.add(table.partOf(keyHash), keyHash, added);
        }

        /** Takes in a record of its source. */
        private void refill() throws Exception {
            if (taken == filled && !readSome()) {
                source.close();
                source = null;
                return;
            }
            KeyedRecord next = read[taken];
            read[taken] = null;
            if (next.input == KeyedFolds.VALUES) {
                begin((Partial) next.value, readHashes[taken]);
            } else {
                add(next.value, readKeys[taken], readHashes[taken]);
            }
            taken++;
        }

        private boolean readSome() throws Exception {
            filled = 0;
            taken = 0;
            while (filled < READ_AT_ONCE && source.advance()) {
                KeyedRecord next = source.record();
                read[filled] = next;
                readKeys[filled] =
                        next.input == KeyedFolds.VALUES ? null : keySelector.getKey(next.value);
                readHashes[filled] = source.keyHash();
                filled++;
            }
            table.expect(readHashes, filled);
            return filled > 0;
        }

        /** Ends what it gives away, and looks at one more place of the table. */
        private KeyedFolds.Step walk(Folded result) {
            if (walk == null) {
                if (spilled != null) {
                    spilled.end();
                }
                walk = table.walk();
            }
            walked = !walk.advance();
            if (walked || !walk.isTaken()) {
                return KeyedFolds.Step.ON;
            }
            result.set(walk.key(), walk.keyHash(), fold.result(walk.value()));
            return KeyedFolds.Step.RESULT;
        }

        /** The records of the next part that was given away; null if there are no more. */
        private SpilledParts<KeyedRecord>.PartRecords nextPart() {
            while (spilled != null && nextPart < spilled.count()) {
                if (spilled.has(nextPart)) {
                    return spilled.read(nextPart++);
                }
                nextPart++;
            }
            return null;
        }

        @Override
        public void close() {
            if (spilled != null) {
                spilled.close();
            }
        }
    }

    /**
     * @param keySelector of records
     * @param grows whether values may
     */
    PartedFolds(
            PartitionFold fold,
            KeySelector<Object, Object> keySelector,
            Memory memory,
            FoldSizes.Measure measure,
            boolean grows,
            KeyedRecordSerializer records,
            Rest rest) {
        this.fold = fold;
        this.keySelector = keySelector;
        this.memory = memory;
        this.measure = measure;
        this.grows = grows;
        this.form = new RecordForm<>(records);
        this.rest = rest;
        levels.push(new Level(0, null));
    }

    /** Takes a record, which is this one's from now on. */
    void add(Object record, Object key, int keyHash) throws Exception {
        levels.element().add(record, key, keyHash);
    }

    /** Records with these hashes come next. */
    void expect(int[] keyHashes, int count) {
        levels.element().table.expect(keyHashes, count);
    }

    /** Takes a key's value out of the table, before the first step; nothing may be spilled. */
    Object takeOut(Object key, int keyHash) {
        return levels.element().table.takeOut(key, keyHash);
    }

    /** Before the first step: lets the rest have a part of what is on disk; false if none is. */
    boolean giveSpilled() {
        Level first = levels.element();
        if (first.spilled == null) {
            return false;
        }
        first.spilled.end();
        try (SpilledParts<KeyedRecord>.PartRecords part = first.nextPart()) {
            if (part == null) {
                first.spilled.close();
                first.spilled = null;
                return true;
            }
            while (part.advance()) {
                KeyedRecord next = part.record();
                rest.add(next.input, next.value, null, part.keyHash());
            }
        }
        return true;
    }

    /** Does a little of what is left, when all records have been given. */
    KeyedFolds.Step step(Folded result) throws Exception {
        Level deepest = levels.peek();
        if (deepest == null) {
            return KeyedFolds.Step.END;
        }
        if (deepest.source != null) {
            deepest.refill();
            return KeyedFolds.Step.ON;
        }
        if (!deepest.walked) {
            return deepest.walk(result);
        }
        SpilledParts<KeyedRecord>.PartRecords part = deepest.nextPart();
        if (part != null) {
            levels.push(new Level(deepest.number + 1, part));
        } else {
            levels.pop().close();
        }
        return KeyedFolds.Step.ON;
    }

    @Override
    public void close() {
        for (Iterator<Level> each = levels.iterator(); each.hasNext(); each.remove()) {
            each.next().close();
        }
    }
}
