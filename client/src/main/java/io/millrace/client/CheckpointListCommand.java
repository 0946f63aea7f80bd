package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Table;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.runtime.checkpoint.Manifest;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace checkpoint list}: what lies below a directory. */
@Command(
        name = "list",
        description = "Lists the checkpoints of the jobs below a directory.",
        footer = {
            "",
            "COMPLETE     can be started from",
            "DROPPED      over; files stay as long as later ones need some of them",
            "UNFINISHED   being written, or left by a job that ended meanwhile",
            "DAMAGED      its manifest cannot be read"
        })
final class CheckpointListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "PATH", description = "Of many jobs' checkpoints, or of one job's.")
    private String path;

    @Mixin private OutputFormat format = new OutputFormat();

    CheckpointListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Connections.toFiles(surroundings);
        List<JobCheckpoints> jobs = JobCheckpoints.below(new Path(path));
        PrintWriter out = surroundings.out();
        if (format.json()) {
            ObjectNode root = ApplicationJson.JSON.createObjectNode();
            ArrayNode list = root.putArray("jobs");
            jobs.forEach(job -> list.add(CheckpointJson.of(job)));
            out.println(root.toPrettyString());
        } else if (jobs.isEmpty()) {
            out.println("There are no checkpoints below " + path + ".");
        } else {
            jobs.forEach(job -> print(job, out));
        }
        out.flush();
        return 0;
    }

    private static void print(JobCheckpoints job, PrintWriter out) {
        out.printf(
                "%s  %s%s%n",
                job.directory().path(),
                job.jobName().isEmpty() ? "(name unknown)" : "'" + job.jobName() + "'",
                job.owner().isEmpty() ? "" : " of " + job.owner());
        Table table =
                new Table(
                        "  CHECKPOINT",
                        "STATE",
                        "TRIGGERED",
                        "KIND",
                        ">FILES",
                        ">STATE SIZE",
                        ">WRITTEN");
        for (JobCheckpoints.Entry entry : job.entries()) {
            Manifest manifest = entry.manifestOrNull();
            String place =
                    "  " + entry.checkpoint().epoch() + "/" + entry.checkpoint().checkpointId();
            if (manifest == null) {
                table.row(place, entry.state(), "-", "-", "-", "-", "-");
            } else {
                table.row(
                        place,
                        entry.state(),
                        Numbers.time(manifest.triggeredAtMs()),
                        manifest.kind(),
                        manifest.filesOnStorage(),
                        Numbers.bytes(manifest.totalBytes()),
                        Numbers.bytes(CheckpointJson.ownBytes(manifest)));
            }
        }
        out.print(table);
        job.entries().stream()
                .filter(entry -> !entry.problem().isEmpty())
                .forEach(entry -> out.println("  " + entry.problem()));
        out.println();
    }
}
