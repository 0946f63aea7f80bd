package io.millrace.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.client.job.Table;
import io.millrace.savepoint.RowFilter;
import io.millrace.savepoint.SavepointQuery;
import io.millrace.savepoint.SavepointQuery.Scan;
import io.millrace.savepoint.TableSavepoint;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint query}: rows of one table of a savepoint. */
@Command(
        name = "query",
        description = "Shows rows of a state in a savepoint of tables, without the job's classes.")
final class SavepointQueryCommand implements Callable<Integer> {
    enum Output {
        table,
        json,
        csv
    }

    private final Surroundings surroundings;

    @Parameters(paramLabel = "PATH", description = "Directory of the savepoint.")
    private String path;

    @Option(names = "--operator", paramLabel = "UID", description = "Of the operator.")
    private String uid;

    @Option(names = "--state", paramLabel = "NAME", description = "Of the state.")
    private String state;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Rows of this key only: its text, or its JSON as rows show it.")
    private String key;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Rows of which it is true: \"key = 'x' and value.count > 3\".")
    private String where;

    @Option(names = "--limit", paramLabel = "N", description = "Rows at most; 100 without it.")
    private int limit = 100;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "table, json (an object in each line) or csv.")
    private Output output = Output.table;

    @Option(names = "--json", description = "The same as --output json.")
    private boolean json;

    @Option(
            names = "--statistics",
            description = "Says on standard error how many row groups were read, and why not all.")
    private boolean statistics;

    SavepointQueryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new MillraceException(ErrorCode.USAGE, "--limit is at least 1.");
        }
        Connections.toFiles(surroundings);
        RowFilter filter = where == null ? null : RowFilter.parse(where);
        List<ObjectNode> rows = new ArrayList<>();
        SavepointQuery query = TableSavepoint.open(new Path(path)).query(uid, state);
        Scan scan =
                query.rows(
                        key,
                        filter,
                        row -> {
                            rows.add(row);
                            return rows.size() < limit;
                        });
        if (rows.isEmpty() && filter != null) {
            explain(query, filter);
        }
        switch (json ? Output.json : output) {
            case json -> rows.forEach(row -> surroundings.out().println(row));
            case csv -> csv(rows, surroundings.out());
            case table -> table(rows, surroundings.out());
        }
        if (rows.size() == limit) {
            surroundings.err().println("There may be more than " + limit + " rows; see --limit.");
            surroundings.err().flush();
        }
        surroundings.out().flush();
        if (statistics) {
            tell(scan);
        }
        return 0;
    }

    private void tell(Scan scan) {
        if (json || output == Output.json) {
            surroundings
                    .err()
                    .println(
                            ApplicationJson.JSON
                                    .createObjectNode()
                                    .put("rowGroups", scan.rowGroups())
                                    .put("read", scan.read())
                                    .put("skippedByKey", scan.withoutKey())
                                    .put("skippedByStatistics", scan.withoutValues()));
        } else {
            surroundings
                    .err()
                    .printf(
                            "Read %d of %d row groups: %d cannot have the key, the statistics of %d"
                                    + " exclude the condition.%n",
                            scan.read(), scan.rowGroups(), scan.withoutKey(), scan.withoutValues());
        }
        surroundings.err().flush();
    }

    /** Says so if texts were compared with numbers. */
    private void explain(SavepointQuery query, RowFilter filter) {
        query.rows(
                null,
                row -> {
                    String mismatch = filter.mismatch(row);
                    if (!mismatch.isEmpty()) {
                        surroundings.err().println("No row was found: " + mismatch + ".");
                        surroundings.err().flush();
                    }
                    return false;
                });
    }

    private static List<String> names(ObjectNode row) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> each = row.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    private static void table(List<ObjectNode> rows, PrintWriter out) {
        if (rows.isEmpty()) {
            out.println("There are no such rows.");
            return;
        }
        List<String> names = names(rows.get(0));
        Table table = new Table(names.toArray(String[]::new));
        for (ObjectNode row : rows) {
            table.row(names.stream().map(name -> text(row.get(name))).toArray());
        }
        out.print(table);
    }

    private static void csv(List<ObjectNode> rows, PrintWriter out) {
        if (rows.isEmpty()) {
            return;
        }
        List<String> names = names(rows.get(0));
        out.println(String.join(",", names.stream().map(SavepointQueryCommand::quoted).toList()));
        for (ObjectNode row : rows) {
            out.println(
                    String.join(
                            ",",
                            names.stream()
                                    .map(row::get)
                                    .map(value -> value.isNull() ? "" : quoted(text(value)))
                                    .toList()));
        }
    }

    /** As RFC 4180 says. */
    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain && !text.isEmpty() ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
