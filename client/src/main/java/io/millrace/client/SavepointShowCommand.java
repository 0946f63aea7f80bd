package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Table;
import io.millrace.savepoint.TableSavepoint;
import io.millrace.savepoint.TableSavepoint.TableSummary;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint show}: the tables of a savepoint. */
@Command(name = "show", description = "Shows the tables of a savepoint and their columns.")
final class SavepointShowCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "PATH", description = "Directory of the savepoint.")
    private String path;

    @Option(names = "--schema", description = "Shows the columns of each table too.")
    private boolean schema;

    @Mixin private OutputFormat format = new OutputFormat();

    SavepointShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Connections.toFiles(surroundings);
        TableSavepoint savepoint = TableSavepoint.open(new Path(path));
        if (format.json()) {
            surroundings.out().println(json(savepoint).toPrettyString());
        } else {
            print(savepoint, surroundings.out());
        }
        surroundings.out().flush();
        return 0;
    }

    private void print(TableSavepoint savepoint, PrintWriter out) {
        out.printf("Savepoint    %s, version %d%n", savepoint.path(), savepoint.version());
        out.printf("Job          '%s' (%s)%n", savepoint.jobName(), savepoint.jobId());
        out.printf(
                "Taken        %s, checkpoint %d%n%n",
                Numbers.time(savepoint.triggeredAtMs()), savepoint.checkpointId());
        Table table = new Table("UID", "KIND", "NAME", ">ROWS", ">SIZE", ">FILES");
        for (TableSummary one : savepoint.tables()) {
            table.row(
                    one.uid(),
                    one.kind(),
                    one.name(),
                    Numbers.count(one.rows()),
                    Numbers.bytes(one.bytes()),
                    one.files());
        }
        out.print(table);
        for (TableSummary one : savepoint.tables()) {
            if (schema) {
                out.printf("%n%s of %s%n%s%n", label(one), one.uid(), one.columns());
            }
            for (String warning : one.warnings()) {
                out.printf("Opaque: %s of %s, column %s%n", label(one), one.uid(), warning);
            }
        }
    }

    private static String label(TableSummary table) {
        return (table.kind() + " " + table.name()).trim();
    }

    private static ObjectNode json(TableSavepoint savepoint) {
        ObjectNode root = ApplicationJson.JSON.createObjectNode();
        root.put("path", savepoint.path().toString())
                .put("version", savepoint.version())
                .put("jobId", savepoint.jobId())
                .put("jobName", savepoint.jobName())
                .put("checkpointId", savepoint.checkpointId())
                .put("triggeredAtMs", savepoint.triggeredAtMs());
        ArrayNode tables = root.putArray("tables");
        for (TableSummary one : savepoint.tables()) {
            ObjectNode node =
                    tables.addObject()
                            .put("uid", one.uid())
                            .put("operator", one.operator())
                            .put("kind", one.kind())
                            .put("name", one.name())
                            .put("rows", one.rows())
                            .put("bytes", one.bytes())
                            .put("files", one.files())
                            .put("schema", one.columns());
            List<String> warnings = one.warnings();
            warnings.forEach(node.putArray("warnings")::add);
        }
        return root;
    }
}
