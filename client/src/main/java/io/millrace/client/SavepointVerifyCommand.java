package io.millrace.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Progress;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.Verification;
import io.millrace.savepoint.TableSavepoint;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint verify}: reads every byte and lists all damage. */
@Command(name = "verify", description = "Reads every byte of a savepoint and lists all damage.")
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
        Connections.toFiles(surroundings);
        Found found = TableSavepoint.isAt(new Path(path)) ? tables() : saved();
        if (format.json()) {
            ObjectNode node = ApplicationJson.JSON.createObjectNode();
            node.put("path", found.path().toString())
                    .put("files", found.files())
                    .put("bytes", found.bytes());
            found.damages().forEach(node.putArray("damages")::add);
            surroundings.out().println(node.toPrettyString());
        } else if (found.damages().isEmpty()) {
            surroundings
                    .out()
                    .printf(
                            "%s is whole: %s in %d files%n",
                            found.path(), Numbers.bytes(found.bytes()), found.files());
        } else {
            surroundings.out().println(found.path() + " is DAMAGED:");
            found.damages().forEach(damage -> surroundings.out().println("  " + damage));
        }
        surroundings.out().flush();
        if (!found.damages().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    found.damages().size()
                            + " files of the savepoint "
                            + found.path()
                            + " are damaged; see above. Copy it again, or use another one.");
        }
        return 0;
    }

    private record Found(Path path, int files, long bytes, List<String> damages) {}

    private Found tables() {
        TableSavepoint savepoint = TableSavepoint.open(new Path(path));
        long bytes =
                savepoint.tables().stream().mapToLong(TableSavepoint.TableSummary::bytes).sum();
        TableSavepoint.Verified verified = savepoint.verify(pace(bytes));
        return new Found(savepoint.path(), verified.files(), verified.bytes(), verified.damages());
    }

    private Verification.Pace pace(long totalBytes) {
        return new Progress(surroundings.err(), "Read", totalBytes, System::nanoTime)::add;
    }

    /** Of a native one, or of a checkpoint. */
    private Found saved() {
        SavedCheckpoint saved = SavedCheckpoint.find(new Path(path));
        Manifest manifest = saved.read();
        Verification.Result result =
                Verification.of(saved.directory(), manifest, pace(manifest.totalBytes()));
        return new Found(saved.path(), result.files(), result.bytes(), result.damages());
    }
}
