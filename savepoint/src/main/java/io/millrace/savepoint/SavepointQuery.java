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
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Written;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
                    (count == 0
                                    ? "no table of the savepoint is meant"
                                    : count + " tables of the savepoint are meant")
                            + ". Name the uid of the operator and"
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
     * What was read for a query.
     *
     * @param rowGroups that the table has
     * @param withoutKey those that cannot have the keys
     * @param withoutValues those of the others whose columns have no value that is asked for
     * @param read those that were begun; the others were behind the last row that was wanted
     */
    public record Scan(int rowGroups, int withoutKey, int withoutValues, int read) {}

    /**
     * Shows rows in order.
     *
     * @param key that rows must have: text, or JSON as rows show it; null for all. If it is a text
     *     or a number only the row groups that can have it are read
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; of the file system
     */
    public Scan rows(String key, RowTarget target) {
        return rows(key, null, target);
    }

    /**
     * Shows rows in order.
     *
     * @param key as above
     * @param filter that must be true of rows; null for all. If it asks for keys that are texts or
     *     numbers only the row groups that can have them are read, and of all only those in which
     *     columns of numbers and texts have values that make it true
     * @throws MillraceException {@code INVALID_OPTION} if the filter asks about other columns than
     *     there are; {@code CHECKPOINT_FILE_CORRUPT}; of the file system
     */
    public Scan rows(String key, RowFilter filter, RowTarget target) {
        if (filter != null) {
            requireColumns(filter);
        }
        Wanted wanted = wanted(key, filter);
        Predicate<JsonNode> matches =
                row ->
                        (key == null
                                        || row.path("key").asText().equals(key)
                                        || row.path("key").toString().equals(key))
                                && (filter == null || filter.test(row));
        Reading reading = new Reading(wanted, filter, matches, target);
        try {
            for (StoredTable file : table.files()) {
                if (!reading.rows(file)) {
                    break;
                }
            }
            return reading.scan();
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "read the savepoint");
        }
    }

    private void requireColumns(RowFilter filter) {
        List<String> there = layout.columns();
        for (String column : filter.columns()) {
            if (!there.contains(column)) {
                throw new MillraceException(
                        ErrorCode.INVALID_OPTION,
                        "'"
                                + table.name()
                                + "' has no column '"
                                + column
                                + "'; there are "
                                + String.join(", ", there)
                                + ". What is in a column stands behind a dot: value.count.");
            }
        }
    }

    /** One reading of the table. Confined to its caller. */
    private final class Reading {
        private final Wanted wanted;
        private final RowFilter filter; // null for all
        private final Predicate<JsonNode> matches;
        private final RowTarget target;
        private int withoutKey;
        private int withoutValues;
        private int read;

        Reading(Wanted wanted, RowFilter filter, Predicate<JsonNode> matches, RowTarget target) {
            this.wanted = wanted;
            this.filter = filter;
            this.matches = matches;
            this.target = target;
        }

        Scan scan() {
            int all = table.files().stream().mapToInt(file -> file.rowGroups().size()).sum();
            return new Scan(all, withoutKey, withoutValues, read);
        }

        /** Returns false if no more rows are wanted. */
        boolean rows(StoredTable file) throws IOException {
            List<RowGroup> groups = file.rowGroups().stream().filter(wanted::mayBeIn).toList();
            withoutKey += file.rowGroups().size() - groups.size();
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
                if (filter != null && !input.mayHold(filter, layout, group.offset())) {
                    withoutValues++;
                } else if (!rows(input, group)) {
                    return false;
                }
            }
            return true;
        }

        private boolean rows(TableInput input, RowGroup group) throws IOException {
            read++;
            Rows<Object[]> rows =
                    input.rows(layout, group.offset(), group.length(), Crc.parse(group.crc32c()));
            for (Object[] row = rows.next(); row != null; row = rows.next()) {
                if (!wanted.is(row)) {
                    continue;
                }
                ObjectNode json = layout.json(row);
                if (matches.test(json) && !target.row(json)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Keys that are scalars, with their key groups.
     *
     * @param keys null for all
     */
    private record Wanted(Set<Object> keys, BitSet groups, int keyAt) {
        static final Wanted ALL = new Wanted(null, null, 0);

        boolean mayBeIn(RowGroup group) {
            if (keys == null) {
                return true;
            }
            int next = groups.nextSetBit(group.firstKeyGroup());
            return next >= 0 && next <= group.lastKeyGroup();
        }

        boolean is(Object[] row) {
            return keys == null || groups.get((Integer) row[0]) && keys.contains(row[keyAt]);
        }
    }

    private Wanted wanted(String key, RowFilter filter) {
        boolean keyed = table.kind() == Kind.KEYED || table.kind() == Kind.TIMERS;
        if (!keyed || !(layout.formOf("key") instanceof Written.ScalarOf scalar)) {
            return Wanted.ALL;
        }
        Set<Object> keys = new HashSet<>();
        if (key != null) {
            Object one = keyOf(scalar.type(), key);
            if (one == null) {
                return Wanted.ALL;
            }
            keys.add(one);
        } else {
            List<JsonNode> asked = filter == null ? null : filter.keys().orElse(null);
            if (asked == null) {
                return Wanted.ALL;
            }
            for (JsonNode each : asked) {
                // Of another kind than keys are: that no row has it is to be seen.
                Object one =
                        each.isTextual() == (scalar.type() == Scalar.STRING) && isWhole(each)
                                ? keyOf(scalar.type(), plain(each))
                                : null;
                if (one == null) {
                    return Wanted.ALL;
                }
                keys.add(one);
            }
        }
        BitSet groups = new BitSet();
        keys.forEach(
                each ->
                        groups.set(
                                KeyGroups.group(KeyGroups.hash(each), operator.maxParallelism())));
        return new Wanted(keys, groups, layout.columns().indexOf("key"));
    }

    private static boolean isWhole(JsonNode literal) {
        return !literal.isNumber() || literal.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private static String plain(JsonNode literal) {
        return literal.isNumber()
                ? literal.decimalValue().toBigInteger().toString()
                : literal.asText();
    }

    /** Null if its key group is not known from its text. */
    private Object keyOf(Scalar type, String text) {
        try {
            return switch (type) {
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
    }
}
