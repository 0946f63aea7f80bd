package io.millrace.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Progress;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.savepoint.SavepointWriter;
import io.millrace.savepoint.TableSavepoint;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint convert}: a checkpoint or native savepoint as tables. */
@Command(
        name = "convert",
        description = "Writes a checkpoint or native savepoint as tables of Parquet.")
final class SavepointConvertCommand implements Callable<Integer> {
    /** What a job can have. */
    private static final int MAX_KEY_GROUPS = 1 << 15;

    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description = "Of a checkpoint, a job's directory of checkpoints, or a savepoint.")
    private String from;

    @Parameters(
            index = "1",
            paramLabel = "TO",
            description = "Directory of the savepoint; must not be there.")
    private String to;

    @Option(
            names = "--max-parallelism",
            paramLabel = "N",
            description = "Deals keys out to N key groups, for a job with another maximum.")
    private int maxParallelism;

    @Mixin private OutputFormat format = new OutputFormat();

    SavepointConvertCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Connections.toFiles(surroundings);
        if (maxParallelism < 0 || maxParallelism > MAX_KEY_GROUPS) {
            throw new MillraceException(
                    ErrorCode.USAGE, "--max-parallelism is between 1 and " + MAX_KEY_GROUPS + ".");
        }
        TableSavepoint made = TableSavepoint.isAt(new Path(from)) ? ofTables() : ofCheckpoint();
        long rows = made.tables().stream().mapToLong(TableSavepoint.TableSummary::rows).sum();
        long bytes = made.tables().stream().mapToLong(TableSavepoint.TableSummary::bytes).sum();
        if (format.json()) {
            ObjectNode node = ApplicationJson.JSON.createObjectNode();
            node.put("path", made.path().toString())
                    .put("checkpointId", made.checkpointId())
                    .put("tables", made.tables().size())
                    .put("rows", rows)
                    .put("bytes", bytes);
            surroundings.out().println(node.toPrettyString());
        } else {
            surroundings
                    .out()
                    .printf(
                            "%s: %d tables, %s rows, %s, of checkpoint %d of '%s'%n",
                            made.path(),
                            made.tables().size(),
                            Numbers.count(rows),
                            Numbers.bytes(bytes),
                            made.checkpointId(),
                            made.jobName());
        }
        surroundings.out().flush();
        return 0;
    }

    private TableSavepoint ofTables() {
        TableSavepoint tables = TableSavepoint.open(new Path(from));
        return write(tables.toCheckpoint(), tables.segments());
    }

    private TableSavepoint ofCheckpoint() {
        SavedCheckpoint saved = SavedCheckpoint.find(new Path(from));
        Manifest manifest = saved.read();
        StoredSegments segments =
                new StoredSegments(saved.directory(), LocalCopies.NONE, manifest.files());
        return write(manifest, segments);
    }

    private TableSavepoint write(Manifest checkpoint, SegmentSource segments) {
        Progress progress =
                new Progress(
                        surroundings.err(), "Converted", checkpoint.totalBytes(), System::nanoTime);
        SegmentSource counted =
                segment -> {
                    InputStream opened = segments.open(segment);
                    progress.add(segment.length());
                    return opened;
                };
        return SavepointWriter.write(checkpoint, counted, new Path(to), maxParallelism);
    }
}
