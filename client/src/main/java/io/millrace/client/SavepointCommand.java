package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.savepoint.TableSavepoint;
import io.millrace.savepoint.catalogue.Disposal;
import io.millrace.yarn.submit.YarnApplications;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint}: has a savepoint of a running job written, or removes one. */
@Command(
        name = "savepoint",
        description = "Writes a savepoint of a job that runs; the job goes on.",
        footer = {
            "",
            "ID is a job's id, or that of an application with one running job. DIR is where the",
            "savepoint's own directory will lie; without it execution.checkpointing.savepoint-dir.",
            "Ctrl-C ends the command, not the operation. See docs/savepoints.md."
        })
final class SavepointCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "Job or application.")
    private String id;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DIR", description = "Where it will lie.")
    private String directory;

    @Option(
            names = "--operation",
            paramLabel = "OPERATION",
            description = "Waits for an operation that was asked for before.")
    private String operation;

    @Option(
            names = {"-d", "--dispose"},
            paramLabel = "PATH",
            description = "Removes a savepoint that no checkpoint of another job needs.")
    private String dispose;

    @Option(
            names = "--force",
            description = "Removes it also if others need it, or nobody knows whether they do.")
    private boolean force;

    @Option(
            names = "--checkpoints",
            paramLabel = "PATH",
            description =
                    "Of checkpoints that may need files of it; more than once if needed."
                            + " execution.checkpointing.dir is looked at anyway.")
    private List<String> places = new ArrayList<>();

    @Mixin private SavepointOptions options = new SavepointOptions();

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    SavepointCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (dispose != null) {
            return dispose(dispose);
        }
        if (id == null) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "name the job, or its application: millrace savepoint ID [DIR].");
        }
        String format = options.format();
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            RunningJob job = RunningJob.find(id, applications, surroundings);
            OperationWait wait =
                    new OperationWait(surroundings, applications, job, options.timeoutSeconds());
            return operation != null
                    ? wait.run(operation, "Waiting for the operation", true, null)
                    : wait.run(
                            OperationWait.draw(),
                            "Savepoint",
                            false,
                            (rest, drawn) ->
                                    rest.savepoint(job.jobId(), directory, false, format, drawn));
        }
    }

    /** A job that was started from it needs its files until it has a checkpoint of its own. */
    private void requireFree(String path) {
        Disposal found =
                Disposal.of(
                        new Path(path),
                        OtherCheckpoints.places(surroundings, cluster, places, path));
        found.problems().forEach(surroundings.err()::println);
        surroundings.err().flush();
        if (found.forks().isEmpty()) {
            found.requireFree(new Path(path));
            return;
        }
        try (ForkFates fates =
                new ForkFates(
                        surroundings, ClientConfig.of(surroundings, cluster.overrides, null))) {
            found.without(mark -> fates.of(mark) == ForkFates.Fate.ENDED)
                    .requireFree(new Path(path));
        }
    }

    private int dispose(String path) {
        Connections.toFiles(surroundings);
        if (!SavepointDirectory.isWhole(path) && !TableSavepoint.isAt(new Path(path))) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_NOT_FOUND,
                    "there is no savepoint at "
                            + new Path(path)
                            + "; nothing was removed. A path of a savepoint ends in"
                            + " savepoint-<job>-<number>, unless it was moved.");
        }
        if (!force) {
            requireFree(path);
        }
        SavepointDirectory.delete(path);
        surroundings.err().println("Removed " + path + ".");
        return 0;
    }
}
