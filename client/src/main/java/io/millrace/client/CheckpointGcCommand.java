package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.savepoint.catalogue.CheckpointGarbage;
import io.millrace.savepoint.catalogue.CheckpointGarbage.OfJob;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace checkpoint gc}: files that belong to no checkpoint. */
@Command(
        name = "gc",
        description = "Lists files that belong to no checkpoint; deletes them with --delete.",
        footer = {
            "",
            "Never touches what a complete checkpoint of any job needs, what was modified in the",
            "last hours, nor, without --ended, what may still be written. Of one job's PATH the",
            "neighbours are looked at too, since a job that was started from a checkpoint of it",
            "needs its files. Nothing is deleted while a manifest cannot be read."
        })
final class CheckpointGcCommand implements Callable<Integer> {
    private static final long HOUR_MS = 3_600_000;

    private final Surroundings surroundings;

    @Parameters(paramLabel = "PATH", description = "Of many jobs' checkpoints, or of one job's.")
    private String path;

    @Option(names = "--delete", description = "Deletes what is listed, after a second look.")
    private boolean delete;

    @Option(
            names = "--ended",
            description = "The jobs have ended for good: what they had begun is garbage, too.")
    private boolean ended;

    @Option(
            names = "--older-than",
            paramLabel = "HOURS",
            defaultValue = "1",
            description = "Leaves alone what was modified since. Default: ${DEFAULT-VALUE}.")
    private double hours;

    @Mixin private OtherCheckpoints others = new OtherCheckpoints();

    @Mixin private OutputFormat format = new OutputFormat();

    CheckpointGcCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (hours < 0 || Double.isNaN(hours)) {
            throw new MillraceException(
                    ErrorCode.USAGE, "--older-than is " + hours + ", but must be 0 or more.");
        }
        Connections.toFiles(surroundings);
        long beforeMs = System.currentTimeMillis() - (long) (hours * HOUR_MS) + 1;
        CheckpointGarbage tree =
                new CheckpointGarbage(
                        new Path(path), others.places(surroundings, path), ended, beforeMs);
        List<OfJob> found = tree.find();
        if (delete) {
            found = tree.delete(found);
        }
        ObjectNode root = ApplicationJson.JSON.createObjectNode();
        ArrayNode list = root.put("deleted", delete).putArray("jobs");
        PrintWriter out = surroundings.out();
        int count = 0;
        boolean unsure = false;
        for (OfJob one : found) {
            count += one.garbage().directories().size() + one.garbage().files().size();
            add(list.addObject(), one);
            if (!format.json()) {
                print(one.job(), one.garbage(), out);
            }
            if (!one.problem().isEmpty()) {
                surroundings.err().println(one.problem());
                unsure = true;
            }
        }
        if (format.json()) {
            out.println(root.toPrettyString());
        } else {
            out.println(summary(count));
        }
        out.flush();
        surroundings.err().flush();
        return unsure ? ErrorCode.CHECKPOINT_FILE_CORRUPT.exitCode() : 0;
    }

    private String summary(int count) {
        if (count == 0) {
            return "There is nothing to delete.";
        }
        return delete
                ? "Deleted " + count + " files and directories."
                : count + " files and directories can be deleted: add --delete.";
    }

    private static void print(JobCheckpoints job, Garbage garbage, PrintWriter out) {
        garbage.directories().forEach(one -> out.println(job.directory().path() + "/" + one + "/"));
        garbage.files().forEach(one -> out.println(job.directory().path() + "/" + one));
    }

    private static void add(ObjectNode node, OfJob one) {
        node.put("jobId", one.job().directory().jobId().hex());
        ArrayNode directories = node.putArray("directories");
        one.garbage().directories().forEach(directories::add);
        ArrayNode files = node.putArray("files");
        one.garbage().files().forEach(files::add);
        if (!one.problem().isEmpty()) {
            node.put("problem", one.problem());
        }
    }
}
