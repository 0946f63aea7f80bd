package io.millrace.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Progress;
import io.millrace.client.job.Table;
import io.millrace.savepoint.ReadableSavepoint;
import io.millrace.savepoint.SavepointDiff;
import io.millrace.savepoint.SavepointDiff.Counts;
import io.millrace.savepoint.SavepointDiff.Difference;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint diff}: what differs between two savepoints. */
@Command(
        name = "diff",
        description = "Shows what differs between two savepoints or checkpoints, key by key.",
        footer = {"", "Ends with 0 if nothing differs, with 1 if something does."})
final class SavepointDiffCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;

    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "A", description = "The first; of either form.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "The second; of either form.")
    private String second;

    @Option(names = "--operator", paramLabel = "UID", description = "Only of this operator.")
    private String uid;

    @Option(names = "--state", paramLabel = "NAME", description = "Only states of this name.")
    private String state;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Differences that are shown; 20 without it. All are counted.")
    private int limit = 20;

    @Mixin private OutputFormat format = new OutputFormat();

    SavepointDiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new MillraceException(ErrorCode.USAGE, "--limit is at least 0.");
        }
        Connections.toFiles(surroundings);
        List<Difference> shown = new ArrayList<>();
        ReadableSavepoint before = ReadableSavepoint.open(new Path(first));
        ReadableSavepoint after = ReadableSavepoint.open(new Path(second));
        // Only parts of them are read if a state is named: then there is no share of all to tell.
        long totalBytes =
                uid != null || state != null
                        ? 0
                        : before.manifest().totalBytes() + after.manifest().totalBytes();
        Progress progress =
                new Progress(surroundings.err(), "Compared", totalBytes, System::nanoTime);
        List<Counts> counts =
                SavepointDiff.of(
                        before.watched(progress::add),
                        after.watched(progress::add),
                        uid,
                        state,
                        one -> {
                            if (shown.size() < limit) {
                                shown.add(one);
                            }
                        });
        if (format.json()) {
            surroundings.out().println(json(counts, shown).toPrettyString());
        } else {
            print(counts, shown, surroundings.out());
        }
        surroundings.out().flush();
        return counts.stream().allMatch(Counts::areAlike) ? 0 : DIFFERENT;
    }

    private static void print(List<Counts> counts, List<Difference> shown, PrintWriter out) {
        if (counts.isEmpty()) {
            out.println("Neither of them has any state.");
            return;
        }
        for (Difference one : shown) {
            out.println(line(one));
        }
        if (!shown.isEmpty()) {
            out.println();
        }
        Table table = new Table("UID", "KIND", "NAME", ">SAME", ">ADDED", ">REMOVED", ">CHANGED");
        for (Counts one : counts) {
            boolean compared = one.problem().isEmpty();
            table.row(
                    one.state().uid(),
                    one.state().kind(),
                    one.state().name(),
                    compared ? Numbers.count(one.same()) : "?",
                    compared ? Numbers.count(one.added()) : "?",
                    compared ? Numbers.count(one.removed()) : "?",
                    compared ? Numbers.count(one.changed()) : "?");
        }
        out.print(table);
        for (Counts one : counts) {
            if (!one.problem().isEmpty()) {
                out.printf(
                        "'%s' of %s was not compared: %s.%n",
                        one.state().name(), one.state().uid(), one.problem());
            }
        }
        long all = counts.stream().mapToLong(SavepointDiffCommand::differences).sum();
        if (all > shown.size()) {
            out.printf(
                    "%s of %s differences are shown; see --limit.%n",
                    Numbers.count(shown.size()), Numbers.count(all));
        }
    }

    private static long differences(Counts one) {
        return one.added() + one.removed() + one.changed();
    }

    /** {@code ~ counter counts "key": 3 -> 4}. */
    private static String line(Difference one) {
        String sign =
                switch (one.change()) {
                    case ADDED -> "+";
                    case REMOVED -> "-";
                    case CHANGED -> "~";
                };
        StringBuilder line = new StringBuilder(sign);
        line.append(' ').append(one.state().uid());
        if (!one.state().name().isEmpty()) {
            line.append(' ').append(one.state().name());
        } else {
            line.append(' ').append(one.state().kind());
        }
        if (one.key() != null) {
            line.append(' ').append(one.key());
        }
        if (one.namespace() != null) {
            line.append(" in ").append(one.namespace());
        }
        line.append(": ");
        if (one.before() != null) {
            line.append(one.before());
        }
        if (one.before() != null && one.after() != null) {
            line.append(" -> ");
        }
        if (one.after() != null) {
            line.append(one.after());
        }
        return line.toString();
    }

    private static ObjectNode json(List<Counts> counts, List<Difference> shown) {
        ObjectNode root = ApplicationJson.JSON.createObjectNode();
        root.put("same", counts.stream().allMatch(Counts::areAlike));
        ArrayNode states = root.putArray("states");
        for (Counts one : counts) {
            ObjectNode node =
                    states.addObject()
                            .put("uid", one.state().uid())
                            .put("kind", one.state().kind())
                            .put("name", one.state().name());
            if (one.problem().isEmpty()) {
                node.put("same", one.same())
                        .put("added", one.added())
                        .put("removed", one.removed())
                        .put("changed", one.changed());
            } else {
                node.put("problem", one.problem());
            }
        }
        ArrayNode list = root.putArray("differences");
        for (Difference one : shown) {
            ObjectNode node =
                    list.addObject()
                            .put("change", one.change().name())
                            .put("uid", one.state().uid())
                            .put("kind", one.state().kind())
                            .put("name", one.state().name());
            set(node, "key", one.key());
            set(node, "namespace", one.namespace());
            set(node, "before", one.before());
            set(node, "after", one.after());
        }
        return root;
    }

    private static void set(ObjectNode node, String name, JsonNode value) {
        if (value != null) {
            node.set(name, value);
        }
    }
}
