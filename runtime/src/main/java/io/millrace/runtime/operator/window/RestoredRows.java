package io.millrace.runtime.operator.window;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;

/** The rows that an operator of windows begins with. Confined to the task. */
final class RestoredRows {
    /** The tables that hold the contents of windows, of all operators; they begin so. */
    private static final String[] TABLES = {Contents.TABLE, RowTables.SLICES, RowTables.SESSIONS};

    private RestoredRows() {}

    /** Is shown each row. */
    interface Visitor {
        /**
         * @param keyHash of {@code KeyGroups.hash}
         */
        void restored(Object key, int keyHash, Object row);
    }

    /** Shows all rows of a table. */
    static void show(KeyedBackend backend, TableSpec spec, Visitor visitor) {
        ValueTable table = backend.values(spec);
        backend.forEachKey(
                spec.name(), null, key -> visitor.restored(key, backend.keyHash(), table.get()));
    }

    /**
     * @throws MillraceException {@code CHECKPOINT_INCOMPATIBLE} if the checkpoint has windows of
     *     another kind than those of a table
     */
    static void refuseOthers(OperatorContext context, String table) {
        context.restored().stream()
                .map(part -> part.part())
                .filter(part -> part.kind() == StatePart.Kind.KEYED)
                .map(StatePart::name)
                .filter(name -> !name.equals(table) && holdsWindows(name))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw new MillraceException(
                                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                                    "the checkpoint has windows of operator '"
                                            + context.name()
                                            + "' as "
                                            + kindOf(name)
                                            + ", and the program has them as "
                                            + kindOf(table)
                                            + ": size, slide, offset, function, trigger or evictor"
                                            + " have changed. Give the operator another uid to"
                                            + " begin with empty windows, or restore with the"
                                            + " program as it was.");
                        });
    }

    /** What a table holds, for people. */
    private static String kindOf(String table) {
        if (table.startsWith(RowTables.SLICES)) {
            return "slices (size/slide+offset in ms:"
                    + table.substring(RowTables.SLICES.length())
                    + ")";
        }
        return table.startsWith(RowTables.SESSIONS)
                ? "sessions"
                : "single windows (any assigner, trigger, evictor or function)";
    }

    private static boolean holdsWindows(String name) {
        for (String table : TABLES) {
            if (name.startsWith(table)) {
                return true;
            }
        }
        return false;
    }
}
