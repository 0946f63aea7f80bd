package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Progress;
import io.millrace.savepoint.catalogue.TreeCheck;
import io.millrace.savepoint.catalogue.TreeCheck.Broken;
import io.millrace.savepoint.catalogue.TreeCheck.Orphan;
import io.millrace.savepoint.catalogue.TreeCheck.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code millrace savepoint fsck}: what is broken or belongs to nobody in a tree of checkpoints.
 */
@Command(
        name = "fsck",
        description = "Looks through a tree of checkpoints and savepoints; ends with 1 on damage.",
        footer = {
            "",
            "Files that no manifest needs are orphans if they are older than AGE and, without",
            "--ended, are not of a checkpoint that may still be written. Orphans are no damage.",
            "Marks of jobs that were started from a checkpoint (fork-...) are orphans if the",
            "ResourceManager says that the job's application has ended."
        })
final class SavepointFsckCommand implements Callable<Integer> {
    private static final int MANY = 500;

    private final Surroundings surroundings;

    @Parameters(paramLabel = "DIR", description = "Of checkpoints, savepoints, or both.")
    private String directory;

    @Option(names = "--deep", description = "Reads every byte and holds it against checksums.")
    private boolean deep;

    @Option(names = "--delete-orphans", description = "Deletes orphans, after a second look.")
    private boolean delete;

    @Option(
            names = "--ended",
            description = "The jobs have ended for good: what they had begun is orphaned, too.")
    private boolean ended;

    @Option(
            names = "--forgotten-forks",
            description =
                    "With --delete-orphans: forks that the ResourceManager does not know have"
                            + " ended, too.")
    private boolean forgotten;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            defaultValue = "24h",
            description = "Only older files are orphans. Default: ${DEFAULT-VALUE}.")
    private String age;

    @Mixin private OtherCheckpoints others = new OtherCheckpoints();

    @Mixin private OutputFormat format = new OutputFormat();

    SavepointFsckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        long beforeMs = System.currentTimeMillis() - Ages.parse("--older-than", age) + 1;
        Connections.toFiles(surroundings);
        TreeCheck check =
                new TreeCheck(
                        new Path(directory),
                        others.places(surroundings, directory),
                        beforeMs,
                        ended);
        Report report =
                check.check(
                        deep,
                        this::say,
                        new Progress(surroundings.err(), "Read", 0, System::nanoTime)::add);
        List<Orphan> deleted = delete ? check.delete(report.orphans()) : List.of();
        ForkMarkReport forks = forks(report, beforeMs);
        if (format.json()) {
            surroundings.out().println(json(report, deleted, forks).toPrettyString());
        } else {
            print(report, deleted, surroundings.out());
            forks.print(surroundings.out());
        }
        surroundings.out().flush();
        if (!report.broken().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    report.broken().size()
                            + " savepoints and checkpoints below "
                            + directory
                            + " are damaged; see above. Start from one that is whole. If this"
                            + " repeats, check the logs of the storage.");
        }
        return 0;
    }

    /** Each that is read; else, a line for some hundred. */
    private void say(Path path, int number, int count) {
        if (deep || number % MANY == 0) {
            surroundings
                    .err()
                    .println(
                            (deep ? "Reading " : "Looking at ")
                                    + path
                                    + " ("
                                    + number
                                    + " of "
                                    + count
                                    + ")");
            surroundings.err().flush();
        }
    }

    private void print(Report report, List<Orphan> deleted, PrintWriter out) {
        for (Broken broken : report.broken()) {
            out.println(broken.path() + " is DAMAGED:");
            broken.damages().forEach(damage -> out.println("  " + damage));
        }
        for (Orphan orphan : report.orphans()) {
            out.printf(
                    "%s%s is an orphan of %s: %s%s%n",
                    orphan.path(),
                    orphan.isDirectory() ? "/" : "",
                    Numbers.bytes(orphan.bytes()),
                    orphan.why(),
                    deleted.stream().anyMatch(each -> each.path().equals(orphan.path()))
                            ? "; deleted"
                            : "");
        }
        report.notes().forEach(note -> out.println("Note: " + note));
        out.printf(
                "%d savepoints and checkpoints are whole%s, %d are damaged.%n",
                report.whole(),
                deep ? ", " + Numbers.bytes(report.bytesRead()) + " read" : "",
                report.broken().size());
        if (delete) {
            long bytes = deleted.stream().mapToLong(Orphan::bytes).sum();
            out.printf("Deleted %d orphans, %s.%n", deleted.size(), Numbers.bytes(bytes));
        } else if (!report.orphans().isEmpty()) {
            out.printf(
                    "%d orphans with %s can be deleted: add --delete-orphans.%n",
                    report.orphans().size(), Numbers.bytes(report.orphanBytes()));
        }
    }

    /** Deletes marks of forks that have ended if orphans are deleted. */
    private ForkMarkReport forks(Report report, long beforeMs) {
        try (ForkFates fates = new ForkFates(surroundings, others.config(surroundings))) {
            ForkMarkReport forks = new ForkMarkReport(report.forks(), fates, forgotten, beforeMs);
            if (delete) {
                forks.delete();
            }
            return forks;
        }
    }

    private ObjectNode json(Report report, List<Orphan> deleted, ForkMarkReport forks) {
        ObjectNode root = ApplicationJson.JSON.createObjectNode();
        root.put("whole", report.whole()).put("deep", deep).put("bytesRead", report.bytesRead());
        ArrayNode damaged = root.putArray("damaged");
        for (Broken broken : report.broken()) {
            ObjectNode node = damaged.addObject().put("path", broken.path().toString());
            broken.damages().forEach(node.putArray("damages")::add);
        }
        ArrayNode orphans = root.putArray("orphans");
        for (Orphan orphan : report.orphans()) {
            orphans.addObject()
                    .put("path", orphan.path().toString())
                    .put("directory", orphan.isDirectory())
                    .put("bytes", orphan.bytes())
                    .put("why", orphan.why())
                    .put(
                            "deleted",
                            deleted.stream().anyMatch(each -> each.path().equals(orphan.path())));
        }
        forks.addTo(root.putArray("forks"));
        report.notes().forEach(root.putArray("notes")::add);
        return root;
    }
}
