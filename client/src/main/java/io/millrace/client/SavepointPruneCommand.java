package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Table;
import io.millrace.savepoint.catalogue.Prune;
import io.millrace.savepoint.catalogue.Retention;
import io.millrace.savepoint.catalogue.Retention.Verdict;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint prune}: removes savepoints that need not be kept. */
@Command(
        name = "prune",
        description = "Says which savepoints need not be kept; removes them with --yes.",
        footer = {
            "",
            "A savepoint goes if it is not one of the newest N of its job and older than AGE. Those",
            "that are pinned, the newest complete one of each job, and those that a checkpoint or",
            "another savepoint has files of always stay. Checkpoints are not touched."
        })
final class SavepointPruneCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "DIR", description = "Of savepoints.")
    private String directory;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "So many of the newest of each job stay; 1 without it.")
    private Integer keep;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "Only what was taken longer ago goes: 30d, 12h.")
    private String olderThan;

    @Option(names = "--dry-run", description = "Removes nothing, as without --yes.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Removes what is listed, after a second look.")
    private boolean yes;

    @Mixin private OutputFormat format = new OutputFormat();

    @Mixin private OtherCheckpoints others = new OtherCheckpoints();

    SavepointPruneCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (keep == null && olderThan == null) {
            throw usage("say what is to stay: --keep N, --older-than AGE, or both.");
        }
        if (keep != null && keep < 1) {
            throw usage("--keep is " + keep + ", but the newest one of each job always stays.");
        }
        if (yes && dryRun) {
            throw usage("--dry-run and --yes contradict one another.");
        }
        long ageMs = olderThan == null ? 0 : Ages.parse("--older-than", olderThan);
        Connections.toFiles(surroundings);
        Prune prune =
                new Prune(
                        new Path(directory),
                        others.places(surroundings, directory),
                        new Retention(keep == null ? 1 : keep, ageMs));
        Prune.Plan plan = prune.plan(System.currentTimeMillis());
        Prune.Plan removed = yes ? prune.remove(plan, System.currentTimeMillis()) : null;
        if (format.json()) {
            surroundings.out().println(json(plan, removed).toPrettyString());
        } else {
            print(plan, removed, surroundings.out());
        }
        surroundings.out().flush();
        plan.problems().forEach(surroundings.err()::println);
        surroundings.err().flush();
        return 0;
    }

    private static MillraceException usage(String text) {
        return new MillraceException(ErrorCode.USAGE, text);
    }

    private void print(Prune.Plan plan, Prune.Plan removed, PrintWriter out) {
        if (plan.verdicts().isEmpty()) {
            out.println("There are no savepoints below " + directory + ".");
            return;
        }
        Table table = new Table("", "TAKEN", ">BYTES", "PATH", "WHY");
        for (Verdict verdict : plan.verdicts()) {
            Path path = verdict.entry().path();
            table.row(
                    verdict.goes() ? "goes" : "stays",
                    Numbers.time(verdict.entry().triggeredAtMs()),
                    verdict.goes() ? Numbers.bytes(plan.bytes().get(path)) : "-",
                    path,
                    verdict.reason());
        }
        out.print(table);
        if (removed != null) {
            out.println(
                    "Removed "
                            + removed.count()
                            + " savepoints, "
                            + Numbers.bytes(removed.bytesFreed())
                            + ".");
        } else if (plan.count() == 0) {
            out.println("There is nothing to remove.");
        } else {
            out.println(
                    plan.count()
                            + " savepoints with "
                            + Numbers.bytes(plan.bytesFreed())
                            + " can go: add --yes.");
        }
    }

    private static ObjectNode json(Prune.Plan plan, Prune.Plan removed) {
        ObjectNode root = ApplicationJson.JSON.createObjectNode();
        ArrayNode list = root.putArray("savepoints");
        for (Verdict verdict : plan.verdicts()) {
            Path path = verdict.entry().path();
            ObjectNode node = list.addObject();
            CatalogueJson.entry(node, verdict.entry());
            boolean gone =
                    removed != null
                            && removed.verdicts().stream()
                                    .anyMatch(each -> each.entry().path().equals(path));
            node.put("goes", verdict.goes()).put("reason", verdict.reason()).put("removed", gone);
            if (verdict.goes()) {
                node.put("bytesOnStorage", plan.bytes().get(path));
            }
        }
        root.put("bytesFreed", removed == null ? 0 : removed.bytesFreed())
                .put("bytesThatCanBeFreed", plan.bytesFreed());
        plan.problems().forEach(root.putArray("problems")::add);
        return root;
    }
}
