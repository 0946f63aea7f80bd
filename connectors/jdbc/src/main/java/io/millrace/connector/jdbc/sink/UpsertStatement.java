package io.millrace.connector.jdbc.sink;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes statements that insert a row, or update the one that has its key already: written twice it
 * is there once. Pure. Parameters stand in the order of the columns.
 */
public enum UpsertStatement {
    /** {@code INSERT … ON CONFLICT … DO UPDATE}, also of SQLite and CockroachDB. */
    POSTGRESQL('"') {
        @Override
        String make(Names names) {
            String updates =
                    names.rest().isEmpty()
                            ? "NOTHING"
                            : "UPDATE SET " + names.each(names.rest(), c -> c + " = EXCLUDED." + c);
            return names.insert()
                    + " ON CONFLICT ("
                    + names.each(names.keys(), c -> c)
                    + ") DO "
                    + updates;
        }
    },

    /** {@code INSERT … ON DUPLICATE KEY UPDATE}, also of MariaDB; any unique key counts. */
    MYSQL('`') {
        @Override
        String make(Names names) {
            List<String> changed = names.rest().isEmpty() ? names.keys() : names.rest();
            return names.insert()
                    + " ON DUPLICATE KEY UPDATE "
                    + names.each(changed, c -> c + " = VALUES(" + c + ")");
        }
    },

    /** {@code MERGE INTO … KEY}, H2's own. */
    H2('"') {
        @Override
        String make(Names names) {
            return "MERGE INTO "
                    + names.table()
                    + " ("
                    + names.each(names.columns(), c -> c)
                    + ") KEY ("
                    + names.each(names.keys(), c -> c)
                    + ") VALUES ("
                    + names.each(names.columns(), c -> "?")
                    + ")";
        }
    },

    /** The standard's {@code MERGE}, for databases that take {@code VALUES} as a source. */
    STANDARD_MERGE('"') {
        @Override
        String make(Names names) {
            String matched =
                    names.rest().isEmpty()
                            ? ""
                            : " WHEN MATCHED THEN UPDATE SET "
                                    + names.each(names.rest(), c -> c + " = s." + c);
            return "MERGE INTO "
                    + names.table()
                    + " t USING (VALUES ("
                    + names.each(names.columns(), c -> "?")
                    + ")) s ("
                    + names.each(names.columns(), c -> c)
                    + ") ON ("
                    + names.keys().stream()
                            .map(c -> "t." + c + " = s." + c)
                            .collect(Collectors.joining(" AND "))
                    + ")"
                    + matched
                    + " WHEN NOT MATCHED THEN INSERT ("
                    + names.each(names.columns(), c -> c)
                    + ") VALUES ("
                    + names.each(names.columns(), c -> "s." + c)
                    + ")";
        }
    };

    private final char quote;

    UpsertStatement(char quote) {
        this.quote = quote;
    }

    abstract String make(Names names);

    /** Quoted names. */
    record Names(String table, List<String> columns, List<String> keys) {
        List<String> rest() {
            return columns.stream().filter(c -> !keys.contains(c)).toList();
        }

        String each(List<String> names, Function<String, String> text) {
            return names.stream().map(text).collect(Collectors.joining(", "));
        }

        String insert() {
            return "INSERT INTO "
                    + table
                    + " ("
                    + each(columns, c -> c)
                    + ") VALUES ("
                    + each(columns, c -> "?")
                    + ")";
        }
    }

    /**
     * The form that the database at an address knows.
     *
     * @param url as in {@code jdbc:postgresql://host/database}
     * @throws IllegalArgumentException if none is known for it
     */
    public static UpsertStatement forUrl(String url) {
        String rest = url.toLowerCase(Locale.ROOT);
        String product = rest.startsWith("jdbc:") ? rest.substring(5).split(":", 2)[0] : rest;
        return switch (product) {
            case "postgresql", "sqlite" -> POSTGRESQL;
            case "mysql", "mariadb" -> MYSQL;
            case "h2" -> H2;
            case "db2", "hsqldb" -> STANDARD_MERGE;
            default ->
                    throw new IllegalArgumentException(
                            "No upsert statement is known for databases of '"
                                    + product
                                    + "'. Write the statement yourself, or name one of "
                                    + Arrays.toString(values())
                                    + ".");
        };
    }

    /**
     * @param table with its schema, if any, before a dot. Names are quoted, so they must be written
     *     as the database keeps them: PostgreSQL's own are in lower case, H2's in upper case
     * @param columns all that are written
     * @param keys columns of a primary key or a unique index, among the others
     */
    public String of(String table, List<String> columns, List<String> keys) {
        if (keys.isEmpty() || !columns.containsAll(keys)) {
            throw new IllegalArgumentException(
                    "The key of an upsert has at least one column and all of them are written, but"
                            + " the key is "
                            + keys
                            + " and the columns are "
                            + columns
                            + ".");
        }
        String quotedTable =
                Arrays.stream(table.split("\\."))
                        .map(this::quoted)
                        .collect(Collectors.joining("."));
        return make(
                new Names(
                        quotedTable,
                        columns.stream().map(this::quoted).toList(),
                        keys.stream().map(this::quoted).toList()));
    }

    private String quoted(String name) {
        String mark = String.valueOf(quote);
        return mark + name.replace(mark, mark + mark) + mark;
    }
}
