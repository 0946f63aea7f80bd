package io.millrace.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.Path;
import io.millrace.connector.parquet.ParquetRowGroups.Rows;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Written;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** Rows of one table of a savepoint, as JSON. Immutable. */
public final class SavepointQuery {
    private final Path directory;
    private final Operator operator;
    private final Table table;
    private final TableLayout layout;

    private SavepointQuery(Path directory, Operator operator, Table table) {
        this.directory = directory;
        this.operator = operator;
        this.table = table;
        this.layout = layoutOf(table);
    }

    /**
     * The table of a state.
     *
     * @param uid of the operator; null if only one has such a table
     * @param name of the state; null if there is only one table
     * @throws MillraceException {@code INVALID_OPTION} naming the tables that there are, if none or
     *     several are meant
     */
    static SavepointQuery of(SavepointManifest manifest, Path directory, String uid, String name) {
        SavepointQuery found = null;
        int count = 0;
        StringBuilder all = new StringBuilder();
        for (Operator operator : manifest.operators()) {
            for (Table table : operator.tables()) {
                all.append("\n  ").append(operator.uid()).append("  ");
                all.append(table.kind()).append("  ").append(table.name());
                boolean meant =
                        (uid == null || uid.equals(operator.uid()))
                                && (name == null || name.equals(table.name()));
                if (meant) {
                    found = new SavepointQuery(directory, operator, table);
                    count++;
                }
            }
        }
        if (count != 1) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    count
                            + " tables of the savepoint are meant. Name the uid of the operator and"
                            + " the state; there are"
                            + all);
        }
        return found;
    }

    /** The columns of a table. */
    static TableLayout layoutOf(Table table) {
        if (table.kind() == Kind.ENUMERATOR) {
            return TableLayout.enumerator();
        }
        if (table.kind() == Kind.COMMITTABLES) {
            return TableLayout.committables();
        }
        return PartForm.of(
                        StatePart.Kind.valueOf(table.kind().name()),
                        table.form(),
                        Base64.getDecoder().decode(table.description()))
                .layout();
    }

    /** Takes rows; returns false when it wants no more. */
    public interface RowTarget {
        boolean row(ObjectNode row);
    }

    /**
     * Shows rows in order.
     *
     * @param key that rows must have: text, or JSON as rows show it; null for all. If it is a text
     *     or a number only the row groups that can have it are read
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; of the file system
     */
    public void rows(String key, RowTarget target) {
        int wanted = key == null ? -1 : keyGroupOf(key);
        Predicate<JsonNode> matches =
                each -> key == null || each.asText().equals(key) || each.toString().equals(key);
        try {
            for (StoredTable file : table.files()) {
                if (!rows(file, wanted, matches, target)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "read the savepoint");
        }
    }

    private boolean rows(
            StoredTable file, int wanted, Predicate<JsonNode> matches, RowTarget target)
            throws IOException {
        List<RowGroup> groups =
                file.rowGroups().stream()
                        .filter(
                                each ->
                                        wanted < 0
                                                || each.firstKeyGroup() <= wanted
                                                        && each.lastKeyGroup() >= wanted)
                        .toList();
        if (groups.isEmpty()) {
            return true;
        }
        TableInput input =
                TableInput.open(
                        new Path(directory, file.path()),
                        file.length(),
                        file.tailOffset(),
                        Crc.parse(file.tailCrc32c()));
        for (RowGroup group : groups) {
            Rows<Object[]> rows =
                    input.rows(layout, group.offset(), group.length(), Crc.parse(group.crc32c()));
            for (Object[] row = rows.next(); row != null; row = rows.next()) {
                if (wanted >= 0 && (Integer) row[0] != wanted) {
                    continue;
                }
                ObjectNode json = layout.json(row);
                if (matches.test(json.path("key")) && !target.row(json)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The key group of a key that is one scalar; −1 if it is another. */
    private int keyGroupOf(String text) {
        boolean keyed = table.kind() == Kind.KEYED || table.kind() == Kind.TIMERS;
        if (!keyed || !(layout.formOf("key") instanceof Written.ScalarOf scalar)) {
            return -1;
        }
        Object key;
        try {
            key =
                    switch (scalar.type()) {
                        case STRING -> text;
                        case INT -> Integer.parseInt(text);
                        case LONG -> Long.parseLong(text);
                        default -> null;
                    };
        } catch (NumberFormatException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "'" + text + "' is no key of '" + table.name() + "': keys are numbers there.");
        }
        return key == null ? -1 : KeyGroups.group(KeyGroups.hash(key), operator.maxParallelism());
    }
}
