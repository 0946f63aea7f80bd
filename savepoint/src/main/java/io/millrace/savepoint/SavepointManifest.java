package io.millrace.savepoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.runtime.checkpoint.Manifest;
import java.util.List;

/**
 * What a savepoint consists of, as {@code _manifest.json} has it. Immutable.
 *
 * @param format {@value #FORMAT}
 * @param version of the format
 * @param jobId as hexadecimal digits
 * @param triggeredAtMs milliseconds since the epoch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SavepointManifest(
        String format,
        int version,
        String jobId,
        String jobName,
        long epoch,
        long checkpointId,
        long triggeredAtMs,
        List<Operator> operators) {
    static final String FORMAT = "millrace-savepoint";
    static final int VERSION = 1;

    /** Of what was written of a checkpoint. */
    static SavepointManifest of(Manifest checkpoint, List<Operator> operators) {
        return new SavepointManifest(
                FORMAT,
                VERSION,
                checkpoint.jobId(),
                checkpoint.jobName(),
                checkpoint.epoch(),
                checkpoint.checkpointId(),
                checkpoint.triggeredAtMs(),
                operators);
    }

    SavepointManifest {
        operators = operators == null ? List.of() : List.copyOf(operators);
    }

    /**
     * One operator.
     *
     * @param uid what a later program's operator is matched by
     * @param finishedSubtasks those that had ended
     */
    record Operator(
            String uid,
            String name,
            int parallelism,
            int maxParallelism,
            List<Integer> finishedSubtasks,
            List<Table> tables) {
        Operator {
            finishedSubtasks = finishedSubtasks == null ? List.of() : List.copyOf(finishedSubtasks);
            tables = tables == null ? List.of() : List.copyOf(tables);
        }
    }

    /**
     * One table.
     *
     * @param kind what it is a table of
     * @param form of the content, as the engine names it; null for what is not a state
     * @param description of the content, Base64; null for what is not a state
     * @param schema the columns, for people
     * @param warnings about columns that others cannot read
     * @param parts of states that are not keyed: whose rows they are, in the order of the row
     *     groups
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Table(
            Kind kind,
            String name,
            String form,
            String description,
            String schema,
            long rows,
            List<Columns.Warning> warnings,
            List<Part> parts,
            List<StoredTable> files) {
        Table {
            warnings = warnings == null ? List.of() : List.copyOf(warnings);
            parts = parts == null ? null : List.copyOf(parts);
            files = files == null ? List.of() : List.copyOf(files);
        }
    }

    /** What a table is of. */
    enum Kind {
        KEYED,
        TIMERS,
        SPLIT_LIST,
        UNION_LIST,
        BROADCAST,
        CHANNEL,
        ENUMERATOR,
        COMMITTABLES
    }

    /**
     * What one subtask had.
     *
     * @param items as in the form of checkpoints
     * @param lastKeyGroup −1 if it is not about key groups
     * @param rowGroups how many of the table's
     */
    record Part(int subtask, int items, int firstKeyGroup, int lastKeyGroup, int rowGroups) {}

    /**
     * A file.
     *
     * @param path relative to the savepoint's directory, with {@code /}
     * @param length in bytes
     * @param crc32c of all bytes, hexadecimal
     * @param tailOffset of the first byte behind the last row group: from there on the file says
     *     what is in it
     * @param tailCrc32c of the bytes from there to the end, hexadecimal
     */
    record StoredTable(
            String path,
            long length,
            String crc32c,
            long tailOffset,
            String tailCrc32c,
            List<RowGroup> rowGroups) {
        StoredTable {
            rowGroups = rowGroups == null ? List.of() : List.copyOf(rowGroups);
        }
    }

    /**
     * A row group, which can be read and checked alone.
     *
     * @param offset of its first byte in the file
     * @param firstKeyGroup 0 for what is not keyed, and so the last
     * @param crc32c of its bytes, hexadecimal
     */
    record RowGroup(
            long offset,
            long length,
            long rows,
            int firstKeyGroup,
            int lastKeyGroup,
            String crc32c) {}
}
