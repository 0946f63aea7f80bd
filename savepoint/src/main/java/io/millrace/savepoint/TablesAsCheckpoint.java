package io.millrace.savepoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.Path;
import io.millrace.connector.parquet.ParquetRowGroups.Rows;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.Part;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows a savepoint of tables as a checkpoint whose segments are row groups, which {@link
 * SavepointSegments} reads. Confined to one call.
 */
final class TablesAsCheckpoint {
    private final Path path;
    private final SavepointManifest manifest;

    /**
     * @param path of the savepoint's directory, qualified
     */
    TablesAsCheckpoint(Path path, SavepointManifest manifest) {
        this.path = path;
        this.manifest = manifest;
    }

    /**
     * The checkpoint.
     *
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; of the file system
     */
    Manifest checkpoint() {
        List<OperatorEntry> operators = new ArrayList<>();
        List<EnumeratorEntry> positions = new ArrayList<>();
        List<CommittableEntry> prepared = new ArrayList<>();
        List<StoredFile> stored = new ArrayList<>();
        try {
            for (Operator operator : manifest.operators()) {
                operators.add(operator(operator, stored));
                for (Table table : operator.tables()) {
                    if (table.kind() == Kind.ENUMERATOR) {
                        positions.addAll(positions(operator, table));
                    } else if (table.kind() == Kind.COMMITTABLES) {
                        prepared.addAll(prepared(operator, table));
                    }
                }
            }
        } catch (IOException e) {
            throw FileErrors.of(e, path, "read the savepoint");
        }
        return new Manifest(
                manifest.jobId(),
                manifest.jobName(),
                manifest.epoch(),
                manifest.checkpointId(),
                manifest.triggeredAtMs(),
                CheckpointKind.FULL,
                operators,
                positions,
                prepared,
                stored);
    }

    private OperatorEntry operator(Operator operator, List<StoredFile> stored) {
        List<List<StatePart>> parts = new ArrayList<>();
        List<List<StatePart>> channels = new ArrayList<>();
        for (int i = 0; i < operator.parallelism(); i++) {
            parts.add(new ArrayList<>());
            channels.add(new ArrayList<>());
        }
        for (Table table : operator.tables()) {
            if (table.kind() == Kind.ENUMERATOR || table.kind() == Kind.COMMITTABLES) {
                continue;
            }
            for (StoredTable file : table.files()) {
                stored.add(new StoredFile(name(file), file.length()));
            }
            if (table.parts() == null) {
                parts.get(0).add(keyed(operator, table));
                continue;
            }
            Iterator<Piece> pieces = pieces(table).iterator();
            for (Part part : table.parts()) {
                List<List<StatePart>> target = table.kind() == Kind.CHANNEL ? channels : parts;
                target.get(part.subtask()).add(part(table, part, pieces));
            }
        }
        List<SubtaskEntry> subtasks = new ArrayList<>();
        for (int i = 0; i < operator.parallelism(); i++) {
            subtasks.add(
                    new SubtaskEntry(
                            operator.finishedSubtasks().contains(i),
                            parts.get(i),
                            channels.get(i)));
        }
        return new OperatorEntry(
                operator.uid(),
                operator.name(),
                operator.parallelism(),
                operator.maxParallelism(),
                subtasks);
    }

    private String name(StoredTable file) {
        return SavepointSegments.name(new Path(path, file.path()), file);
    }

    /** All row groups as pieces, in order. */
    private List<Piece> pieces(Table table) {
        List<Piece> pieces = new ArrayList<>();
        for (StoredTable file : table.files()) {
            for (RowGroup group : file.rowGroups()) {
                pieces.add(
                        new Piece.Stored(
                                new SegmentRef(
                                        name(file),
                                        group.offset(),
                                        group.length(),
                                        Crc.parse(group.crc32c())),
                                group.firstKeyGroup(),
                                group.lastKeyGroup()));
            }
        }
        return pieces;
    }

    private StatePart keyed(Operator operator, Table table) {
        return new StatePart(
                StatePart.Kind.valueOf(table.kind().name()),
                table.name(),
                table.form(),
                0,
                operator.maxParallelism() - 1,
                0,
                Base64.getDecoder().decode(table.description()),
                pieces(table));
    }

    private StatePart part(Table table, Part part, Iterator<Piece> pieces) {
        List<Piece> own = new ArrayList<>();
        for (int i = 0; i < part.rowGroups(); i++) {
            if (!pieces.hasNext()) {
                throw TableInput.damaged(
                        path, "'" + table.name() + "' has fewer row groups than its parts");
            }
            Piece.Stored piece = (Piece.Stored) pieces.next();
            // Of records on their way, as they were: those of a channel may be about key groups.
            boolean keyed = part.lastKeyGroup() >= 0;
            own.add(
                    keyed
                            ? new Piece.Stored(
                                    piece.segment(), part.firstKeyGroup(), part.lastKeyGroup())
                            : piece);
        }
        return new StatePart(
                StatePart.Kind.valueOf(table.kind().name()),
                table.name(),
                table.form(),
                part.firstKeyGroup(),
                part.lastKeyGroup(),
                part.items(),
                Base64.getDecoder().decode(table.description()),
                own);
    }

    private List<Object[]> rows(Table table, TableLayout layout) throws IOException {
        List<Object[]> all = new ArrayList<>();
        for (StoredTable file : table.files()) {
            TableInput input =
                    TableInput.open(
                            new Path(path, file.path()),
                            file.length(),
                            file.tailOffset(),
                            Crc.parse(file.tailCrc32c()));
            for (RowGroup group : file.rowGroups()) {
                Rows<Object[]> rows =
                        input.rows(
                                layout, group.offset(), group.length(), Crc.parse(group.crc32c()));
                for (Object[] row = rows.next(); row != null; row = rows.next()) {
                    all.add(row);
                }
            }
        }
        return all;
    }

    private List<EnumeratorEntry> positions(Operator operator, Table table) throws IOException {
        return rows(table, TableLayout.enumerator()).stream()
                .map(row -> new EnumeratorEntry(operator.uid(), (Integer) row[0], (byte[]) row[1]))
                .toList();
    }

    private List<CommittableEntry> prepared(Operator operator, Table table) throws IOException {
        Map<List<Object>, List<byte[]>> together = new LinkedHashMap<>();
        for (Object[] row : rows(table, TableLayout.committables())) {
            together.computeIfAbsent(List.of(row[0], row[1], row[2]), key -> new ArrayList<>())
                    .add((byte[]) row[3]);
        }
        List<CommittableEntry> entries = new ArrayList<>();
        // Where the sink is in the job's graph is found by its uid.
        together.forEach(
                (key, committables) ->
                        entries.add(
                                new CommittableEntry(
                                        operator.uid(),
                                        new OperatorCommittables(
                                                0,
                                                0,
                                                (Integer) key.get(0),
                                                (Long) key.get(1),
                                                (Integer) key.get(2),
                                                committables))));
        return entries;
    }
}
