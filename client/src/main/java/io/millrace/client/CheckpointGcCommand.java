package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.JobCheckpoints;
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
            "Never touches what a complete checkpoint needs, what was modified",
            "in the last hours, nor, without --ended, what may still be written. Nothing of a",
            "job is deleted while one of its manifests cannot be read."
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
        Connections.toFiles(surroundings.environment(), surroundings.namesCluster());
        long beforeMs = System.currentTimeMillis() - (long) (hours * HOUR_MS) + 1;
        List<JobCheckpoints> jobs = JobCheckpoints.below(new Path(path));
        ObjectNode root = ApplicationJson.JSON.createObjectNode();
        ArrayNode list = root.put("deleted", delete).putArray("jobs");
        PrintWriter out = surroundings.out();
        int count = 0;
        MillraceException unsure = null;
        for (JobCheckpoints job : jobs) {
            try {
                Garbage garbage = job.garbage(ended, beforeMs);
                if (delete) {
                    garbage = JobCheckpoints.delete(job.directory(), garbage, ended, beforeMs);
                }
                count += garbage.directories().size() + garbage.files().size();
                add(list.addObject(), job, garbage);
                if (!format.json()) {
                    print(job, garbage, out);
                }
            } catch (MillraceException e) {
                if (e.code() != ErrorCode.CHECKPOINT_FILE_CORRUPT) {
                    throw e;
                }
                surroundings.err().println(e.getMessage());
                unsure = e;
            }
        }
        if (format.json()) {
            out.println(root.toPrettyString());
        } else {
            out.println(summary(count));
        }
        out.flush();
        surroundings.err().flush();
        return unsure == null ? 0 : unsure.code().exitCode();
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

    private static void add(ObjectNode node, JobCheckpoints job, Garbage garbage) {
        node.put("jobId", job.directory().jobId().hex());
        ArrayNode directories = node.putArray("directories");
        garbage.directories().forEach(directories::add);
        ArrayNode files = node.putArray("files");
        garbage.files().forEach(files::add);
    }
}
