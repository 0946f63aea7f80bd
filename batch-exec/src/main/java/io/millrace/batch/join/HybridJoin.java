package io.millrace.batch.join;

import io.millrace.batch.sort.SortSettings;
import io.millrace.runtime.serde.BinaryWriter;

/**
 * Joins a side that is kept with one that asks, in bounded memory: first all kept records are
 * given, then all that ask, then {@link #finish} gives the rest. Results come when they are known.
 * Keys are never null. Confined to its operator; close removes the files.
 */
/* A hybrid: the side that is kept fills a table; as it is full, its largest part is given to a sort by hash,
 * and so is all that belongs to that part from then on. When that side has ended, the other one asks: what
 * the table has is answered at once, what asks for a part that was given away goes to a second sort. The end
 * merges both sorts. So a table that fits costs no disk, and one that does not costs what does not fit.
 *
 * When the sorts are merged the table is gone, and its memory is for records of one hash that meet.
 */
public final class HybridJoin implements AutoCloseable {
    private static final int WALKED_PER_STEP = 1024;

    private final JoinSide kept;
    private final JoinSide asking;
    private final JoinResults results;
    // Null if both sides are sorted.
    private final JoinTable table;
    private final HashSorted keptSorted;
    private final HashSorted askingSorted;
    private final MergeJoin merge;
    private boolean sealed;
    private JoinTable.Walk walk;
    private boolean walked;

    /**
     * @param tableBytes memory of the table; 0 to sort both sides
     * @param sorts of each side; memory beside the table
     * @param againSettings of each of two sorts of what is compared again; memory that the table
     *     had
     * @param blockBytes of records of one hash that are compared at once; memory that the table had
     */
    public HybridJoin(
            JoinSide kept,
            JoinSide asking,
            JoinResults results,
            long tableBytes,
            SortSettings sorts,
            SortSettings againSettings,
            long blockBytes) {
        this.kept = kept;
        this.asking = asking;
        this.results = results;
        this.table = tableBytes == 0 ? null : new JoinTable(tableBytes);
        this.keptSorted = HashSorted.byHash(kept, sorts);
        this.askingSorted = HashSorted.byHash(asking, sorts);
        this.merge =
                new MergeJoin(
                        keptSorted, kept, askingSorted, asking, results, blockBytes, againSettings);
    }

    /** Takes a record that is kept; it may be changed afterwards. */
    public void keep(Object record, int keyHash) {
        BinaryWriter bytes = kept.write(record);
        while (table != null && !table.isGiven(keyHash)) {
            if (table.add(keyHash, bytes.array(), 0, bytes.size())) {
                return;
            }
            table.giveLargest(keyHash, keptSorted::add);
        }
        keptSorted.add(keyHash, bytes.array(), 0, bytes.size());
    }

    /** Whether records may ask: always where both sides are sorted. */
    public boolean isReady() {
        return table == null || sealed;
    }

    /** No more records are kept. */
    public void endKept() {
        if (table != null) {
            table.seal();
        }
        sealed = true;
    }

    /** Takes a record that asks; it may be changed afterwards, unless a result has it. */
    public void ask(Object record, Object key, int keyHash) throws Exception {
        if (table == null || table.isGiven(keyHash)) {
            askingSorted.add(keyHash, record);
            return;
        }
        boolean pairs = results.wantsPairs();
        boolean marks = results.wantsKept();
        boolean matched = false;
        long place = table.first(keyHash);
        while (place != JoinTable.NONE) {
            Object other = kept.read(table.bytes(), table.from(), table.length());
            boolean matches = key.equals(kept.keyOf(other));
            if (matches && marks) {
                table.match();
            }
            place = table.next();
            if (!matches) {
                continue;
            }
            matched = true;
            if (pairs) {
                results.pair(other, place == JoinTable.NONE ? record : asking.toGive(record));
            } else if (!marks) {
                break;
            }
        }
        if (results.wantsAsked()) {
            results.asked(record, matched);
        }
    }

    /** Does a bounded part of what is left; true when all is done. */
    public boolean finish() throws Exception {
        return walkTable() && merge.step();
    }

    /** What of the table has found no partner, or has, some at a time; then the table goes. */
    private boolean walkTable() throws Exception {
        if (table == null || walked) {
            return true;
        }
        if (results.wantsKept()) {
            walk = walk == null ? table.walk() : walk;
            for (int i = 0; i < WALKED_PER_STEP; i++) {
                if (!walk.advance()) {
                    return endWalk();
                }
                results.kept(
                        kept.read(table.bytes(), table.from(), table.length()), table.isMatched());
            }
            return false;
        }
        return endWalk();
    }

    private boolean endWalk() {
        walked = true;
        table.release();
        return true;
    }

    @Override
    public void close() {
        merge.close();
    }
}
