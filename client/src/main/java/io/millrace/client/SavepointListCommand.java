package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Table;
import io.millrace.savepoint.catalogue.Catalogue;
import io.millrace.savepoint.catalogue.CatalogueEntry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint list}: the savepoints and retained checkpoints below a directory. */
@Command(
        name = "list",
        description = "Lists savepoints and retained checkpoints below a directory, newest first.",
        footer = {
            "",
            "TABLES       a savepoint of tables, as 'savepoint convert' makes it",
            "NATIVE       a savepoint as a job writes it",
            "CHECKPOINT   a checkpoint that its job has retained",
            "Without DIR it is execution.checkpointing.savepoint-dir."
        })
final class SavepointListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where to look.")
    private String directory;

    @Mixin private OutputFormat format = new OutputFormat();

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    SavepointListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Connections.toFiles(surroundings);
        String where = directory == null ? configured() : directory;
        Catalogue catalogue = Catalogue.below(new Path(where));
        if (format.json()) {
            surroundings.out().println(json(catalogue).toPrettyString());
        } else if (catalogue.entries().isEmpty()) {
            surroundings.out().println("There are no savepoints below " + where + ".");
        } else {
            surroundings.out().print(table(catalogue.entries()));
        }
        surroundings.out().flush();
        for (CatalogueEntry entry : catalogue.entries()) {
            if (!entry.problem().isEmpty()) {
                surroundings.err().println(entry.path() + ": " + entry.problem());
            }
        }
        catalogue.problems().forEach(surroundings.err()::println);
        surroundings.err().flush();
        return 0;
    }

    private String configured() {
        return ClientConfig.of(surroundings, cluster.overrides, null)
                .find(CheckpointOptions.SAVEPOINT_DIRECTORY)
                .orElseThrow(
                        () ->
                                new MillraceException(
                                        ErrorCode.USAGE,
                                        "name a directory: millrace savepoint list DIR. Or set"
                                                + " execution.checkpointing.savepoint-dir."));
    }

    private static Table table(List<CatalogueEntry> entries) {
        Table table =
                new Table("TAKEN", "FORM", "STATE", "JOB", ">OPERATORS", ">SIZE", "MARKS", "PATH");
        for (CatalogueEntry entry : entries) {
            table.row(
                    Numbers.time(entry.triggeredAtMs()),
                    entry.form(),
                    entry.state(),
                    name(entry),
                    entry.isComplete() ? entry.operators() : "-",
                    entry.isComplete() ? Numbers.bytes(entry.bytes()) : "-",
                    marks(entry),
                    entry.path());
        }
        return table;
    }

    private static String name(CatalogueEntry entry) {
        return entry.jobName().isEmpty()
                ? entry.jobId().isEmpty() ? "-" : entry.jobId()
                : "'" + entry.jobName() + "'";
    }

    private static String marks(CatalogueEntry entry) {
        String tags = String.join(",", entry.marks().tags());
        return entry.marks().pinned()
                ? tags.isEmpty() ? "pinned" : "pinned," + tags
                : tags.isEmpty() ? "-" : tags;
    }

    private static ObjectNode json(Catalogue catalogue) {
        ObjectNode root = ApplicationJson.JSON.createObjectNode();
        ArrayNode list = root.putArray("savepoints");
        for (CatalogueEntry entry : catalogue.entries()) {
            CatalogueJson.entry(list.addObject(), entry);
        }
        catalogue.problems().forEach(root.putArray("problems")::add);
        return root;
    }
}
