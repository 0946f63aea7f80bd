package io.millrace.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.savepoint.catalogue.SavepointCopy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint copy}: a savepoint elsewhere, every byte of which was read again. */
@Command(
        name = "copy",
        description = "Copies a savepoint or checkpoint, also to another file system.",
        footer = {
            "",
            "The copy is read again and then gets its manifest; until then it is no savepoint. If",
            "the command was broken off, the same command goes on where it stood."
        })
final class SavepointCopyCommand implements Callable<Integer> {
    /** Between two lines. */
    private static final long STEP_BYTES = 256L << 20;

    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description = "A savepoint, a checkpoint, or a job's directory for its newest one.")
    private String from;

    @Parameters(
            index = "1",
            paramLabel = "TO",
            description = "Directory of the copy; must not be there.")
    private String to;

    @Mixin private OutputFormat format = new OutputFormat();

    private long saidBytes;

    SavepointCopyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Connections.toFiles(surroundings);
        SavepointCopy.Copied copied =
                SavepointCopy.copy(new Path(from), new Path(to), this::progress);
        if (format.json()) {
            ObjectNode node = ApplicationJson.JSON.createObjectNode();
            node.put("path", copied.path().toString())
                    .put("files", copied.files())
                    .put("skipped", copied.skipped())
                    .put("bytes", copied.bytes());
            surroundings.out().println(node.toPrettyString());
        } else {
            surroundings
                    .out()
                    .printf(
                            "%s is a whole copy: %s in %d files%s%n",
                            copied.path(),
                            Numbers.bytes(copied.bytes()),
                            copied.files(),
                            copied.skipped() == 0
                                    ? ""
                                    : ", " + copied.skipped() + " of them from an earlier try");
        }
        surroundings.out().flush();
        return 0;
    }

    private void progress(String step, long bytes, long totalBytes) {
        boolean copying = step.equals("copying");
        if (copying && bytes < totalBytes && bytes - saidBytes < STEP_BYTES) {
            return;
        }
        saidBytes = bytes;
        String done = Numbers.bytes(bytes) + " of " + Numbers.bytes(totalBytes);
        surroundings
                .err()
                .println(
                        copying
                                ? "Copied " + done
                                : bytes < totalBytes
                                        ? "Reading the copy again"
                                        : "Read " + done + " again");
        surroundings.err().flush();
    }
}
