package io.millrace.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.savepoint.TableSavepoint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint verify}: reads every byte and lists all damage. */
@Command(
        name = "verify",
        description = "Reads every byte of a savepoint of tables and lists all damage.")
final class SavepointVerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "PATH", description = "Directory of the savepoint.")
    private String path;

    @Mixin private OutputFormat format = new OutputFormat();

    SavepointVerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Connections.toFiles(surroundings.environment(), surroundings.namesCluster());
        TableSavepoint savepoint = TableSavepoint.open(new Path(path));
        TableSavepoint.Verified verified = savepoint.verify();
        if (format.json()) {
            ObjectNode node = ApplicationJson.JSON.createObjectNode();
            node.put("path", savepoint.path().toString())
                    .put("files", verified.files())
                    .put("bytes", verified.bytes());
            verified.damages().forEach(node.putArray("damages")::add);
            surroundings.out().println(node.toPrettyString());
        } else if (verified.damages().isEmpty()) {
            surroundings
                    .out()
                    .printf(
                            "%s is whole: %s in %d files%n",
                            savepoint.path(), Numbers.bytes(verified.bytes()), verified.files());
        } else {
            surroundings.out().println(savepoint.path() + " is DAMAGED:");
            verified.damages().forEach(damage -> surroundings.out().println("  " + damage));
        }
        surroundings.out().flush();
        if (!verified.damages().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    verified.damages().size()
                            + " files of the savepoint "
                            + savepoint.path()
                            + " are damaged; see above. Copy it again, or use another one.");
        }
        return 0;
    }
}
