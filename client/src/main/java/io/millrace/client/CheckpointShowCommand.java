package io.millrace.client;

import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Table;
import io.millrace.runtime.checkpoint.EpochParts;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace checkpoint show}: what one checkpoint consists of. */
@Command(name = "show", description = "Shows the operators, states and files of a checkpoint.")
final class CheckpointShowCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "PATH", description = "Of the checkpoint.")
    private String path;

    @Mixin private OutputFormat format = new OutputFormat();

    CheckpointShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Connections.toFiles(surroundings);
        CheckpointCommand.refuseTables(path, "show");
        SavedCheckpoint checkpoint = SavedCheckpoint.find(new Path(path));
        Manifest manifest = checkpoint.read();
        PrintWriter out = surroundings.out();
        if (format.json()) {
            out.println(CheckpointJson.of(checkpoint, manifest).toPrettyString());
        } else {
            print(checkpoint, manifest, out);
        }
        out.flush();
        return 0;
    }

    private static void print(SavedCheckpoint checkpoint, Manifest manifest, PrintWriter out) {
        line(
                out,
                "Checkpoint",
                manifest.checkpointId() + " in epoch " + EpochParts.epochOf(manifest.epoch()));
        line(out, "Path", checkpoint.path().toString());
        line(out, "Job", "'" + manifest.jobName() + "' (" + manifest.jobId() + ")");
        line(out, "Triggered", Numbers.time(manifest.triggeredAtMs()));
        line(out, "Kind", manifest.kind().name());
        line(
                out,
                "Size",
                Numbers.bytes(manifest.totalBytes())
                        + " in "
                        + manifest.filesOnStorage()
                        + " files, "
                        + Numbers.bytes(CheckpointJson.ownBytes(manifest))
                        + " written by this one");
        line(out, "Sources", manifest.enumerators().size() + " with a position");
        line(
                out,
                "To commit",
                manifest.committables().stream()
                                .mapToInt(one -> one.committables().committables().size())
                                .sum()
                        + " of sinks");
        out.println();
        Table operators = new Table("OPERATOR", "ID", ">PARALLELISM", ">MAXIMUM", ">FINISHED");
        Table states = new Table("OPERATOR", "KIND", "STATE", "FORM", ">SUBTASKS", ">SIZE");
        for (Manifest.OperatorEntry operator : manifest.operators()) {
            operators.row(
                    operator.name(),
                    operator.id(),
                    operator.parallelism(),
                    operator.maxParallelism(),
                    operator.subtasks().stream().filter(Manifest.SubtaskEntry::finished).count());
            for (StateSummary state : StateSummary.of(operator)) {
                states.row(
                        operator.name(),
                        state.kind(),
                        state.name(),
                        state.form(),
                        state.subtasks(),
                        Numbers.bytes(state.bytes()));
            }
        }
        out.println(operators);
        out.println(states);
        Table files = new Table("FILE", ">LENGTH", "WHERE");
        manifest.files()
                .forEach(
                        file ->
                                files.row(
                                        file.file(),
                                        Numbers.count(file.length()),
                                        file.isInManifest() ? "in the manifest" : "file"));
        out.print(files);
    }

    private static void line(PrintWriter out, String label, String value) {
        out.printf("%-12s %s%n", label, value);
    }
}
