package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Progress;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace checkpoint verify}: reads every byte and lists all damage. */
@Command(
        name = "verify",
        description = "Reads every byte of checkpoints and lists all damage; ends with 1 if any.")
final class CheckpointVerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "PATH",
            description = "Of one checkpoint, or of a job's or many jobs' complete ones.")
    private String path;

    @Mixin private OutputFormat format = new OutputFormat();

    CheckpointVerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Connections.toFiles(surroundings);
        CheckpointCommand.refuseTables(path, "verify");
        List<Verified> verified = new ArrayList<>();
        if (isCheckpoint()) {
            verified.add(verify(SavedCheckpoint.at(new Path(path))));
        } else {
            for (JobCheckpoints job : JobCheckpoints.below(new Path(path))) {
                for (JobCheckpoints.Entry entry : job.entries()) {
                    if (entry.state() == JobCheckpoints.State.COMPLETE
                            || entry.state() == JobCheckpoints.State.DAMAGED) {
                        verified.add(verify(entry.checkpoint()));
                    }
                }
            }
        }
        if (format.json()) {
            surroundings.out().println(json(verified).toPrettyString());
        } else if (verified.isEmpty()) {
            surroundings.out().println("There are no complete checkpoints below " + path + ".");
        }
        surroundings.out().flush();
        long damaged = verified.stream().filter(one -> !one.damages().isEmpty()).count();
        if (damaged > 0) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    damaged
                            + " of "
                            + verified.size()
                            + " checkpoints are damaged; see above. Start from one that is whole."
                            + " If this repeats, check the logs of the storage.");
        }
        return 0;
    }

    private boolean isCheckpoint() {
        try {
            SavedCheckpoint.at(new Path(path));
            return true;
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.CHECKPOINT_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private Verified verify(SavedCheckpoint checkpoint) {
        Verified verified;
        try {
            Manifest manifest = checkpoint.read();
            Verification.Result result =
                    Verification.of(
                            checkpoint.directory(),
                            manifest,
                            new Progress(
                                            surroundings.err(),
                                            "Read",
                                            manifest.totalBytes(),
                                            System::nanoTime)
                                    ::add);
            verified = new Verified(checkpoint, result, result.damages());
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.CHECKPOINT_FILE_CORRUPT
                    && e.code() != ErrorCode.CHECKPOINT_INCOMPATIBLE) {
                throw e;
            }
            verified = new Verified(checkpoint, null, List.of(e.getMessage()));
        }
        if (!format.json()) {
            print(verified);
        }
        return verified;
    }

    private void print(Verified one) {
        if (one.damages().isEmpty()) {
            surroundings
                    .out()
                    .printf(
                            "%s is whole: %s in %d files and %d segments%n",
                            one.checkpoint().path(),
                            Numbers.bytes(one.result().bytes()),
                            one.result().files(),
                            one.result().segments());
        } else {
            surroundings.out().println(one.checkpoint().path() + " is DAMAGED:");
            one.damages().forEach(damage -> surroundings.out().println("  " + damage));
        }
        surroundings.out().flush();
    }

    private static ObjectNode json(List<Verified> verified) {
        ObjectNode root = ApplicationJson.JSON.createObjectNode();
        ArrayNode list = root.putArray("checkpoints");
        for (Verified one : verified) {
            ObjectNode node = list.addObject();
            CheckpointJson.identity(node, one.checkpoint());
            if (one.result() != null) {
                node.put("files", one.result().files())
                        .put("segments", one.result().segments())
                        .put("bytes", one.result().bytes());
            }
            ArrayNode damages = node.putArray("damages");
            one.damages().forEach(damages::add);
        }
        return root;
    }

    /**
     * @param result null if the manifest cannot be read
     */
    private record Verified(
            SavedCheckpoint checkpoint, Verification.Result result, List<String> damages) {}
}
