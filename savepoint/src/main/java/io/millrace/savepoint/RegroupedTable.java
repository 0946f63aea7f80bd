package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.plan.KeyGroups;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** A keyed table in other key groups. Confined. */
/* Rows of a new key group lie in many old ones. So the table is read several times, each time for so
 * many new key groups as fit in memory: slow, for something that is done once in years, but without a
 * disk to sort on. */
final class RegroupedTable {
    /** In the form of checkpoints; as trees a few times more. */
    private static final long PASS_BYTES = 48L << 20;

    private final String where;
    private final KeyedForm form;
    private final Supplier<KeyedTable> table;
    private final int before;
    private final int after;
    private final int groupsAtOnce;

    /**
     * @param where the state, for messages
     * @param table gives one that is read from its beginning
     * @param before number of key groups
     * @param after the same now
     * @param bytes of the table
     */
    RegroupedTable(
            String where,
            KeyedForm form,
            Supplier<KeyedTable> table,
            int before,
            int after,
            long bytes) {
        this.where = where;
        this.form = form;
        this.table = table;
        this.before = before;
        this.after = after;
        this.groupsAtOnce = (int) Math.max(1, after / (bytes / PASS_BYTES + 1));
    }

    /** Shows the rows of new key groups. */
    void read(int first, int last, KeyedTable.Target target) throws IOException {
        for (int from = first; from <= last; from += groupsAtOnce) {
            pass(from, Math.min(last, from + groupsAtOnce - 1), target);
        }
    }

    private void pass(int first, int last, KeyedTable.Target target) throws IOException {
        List<List<KeyRow>> rows = new ArrayList<>();
        for (int group = first; group <= last; group++) {
            rows.add(new ArrayList<>());
        }
        KeyedTable source = table.get();
        for (int group = 0; group < before; group++) {
            int old = group;
            source.keys(
                    group,
                    row -> {
                        int now = KeyGroups.group(hash(old, row), after);
                        if (now >= first && now <= last) {
                            rows.get(now - first).add(row);
                        }
                    });
        }
        for (int group = first; group <= last; group++) {
            for (KeyRow row : rows.get(group - first)) {
                target.beginKey();
                form.rows(group, row, target);
            }
            rows.set(group - first, null);
        }
    }

    private int hash(int group, KeyRow row) {
        OptionalInt hash = KeyHashes.of(form.keyForm(), row.key());
        if (hash.isEmpty() || KeyGroups.group(hash.getAsInt(), before) != group) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    where
                            + " cannot have another maximum parallelism: the hash of its keys is"
                            + " the class's own (a key in key group "
                            + group
                            + " of "
                            + before
                            + "), and the class is not here. Keep setMaxParallelism("
                            + before
                            + ").");
        }
        return hash.getAsInt();
    }
}
