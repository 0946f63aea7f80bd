package io.millrace.rocks;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WrittenSchema;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableReader;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.UnclaimedParts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tables of a database, and those of the checkpoint that nobody has asked for yet. A table that
 * is asked for gets the form of today: as it is if that is what was written, else row by row.
 * Confined to the task.
 */
final class RestoredTables {
    private final KeyedBackendRequest request;
    private final Database database;
    private final List<StoredTable> tables;
    private final UnclaimedParts rowParts;

    /**
     * @param tables that are in the database; several of one name if they were written in several
     *     forms
     * @param rowParts of the form {@value TableForm#NAME}
     */
    RestoredTables(
            KeyedBackendRequest request,
            Database database,
            List<StoredTable> tables,
            List<RestoredPart> rowParts) {
        this.request = request;
        this.database = database;
        this.tables = new ArrayList<>(tables);
        this.rowParts =
                new UnclaimedParts(
                        rowParts,
                        request.firstKeyGroup(),
                        request.lastKeyGroup(),
                        request.segments());
    }

    /** What the database has now. */
    List<StoredTable> tables() {
        return List.copyOf(tables);
    }

    /**
     * The table of a spec, filled and in the form of today.
     *
     * @throws MillraceException {@code SCHEMA_INCOMPATIBLE}, before anything is changed; {@code
     *     CHECKPOINT_FILE_CORRUPT}, {@code STORAGE_FAILED}
     */
    StoredTable claim(TableSpec spec) {
        TableForm today = TableForm.of(spec, request.keys());
        List<StoredTable> stored = new ArrayList<>();
        for (StoredTable table : tables) {
            if (table.name().equals(spec.name())) {
                stored.add(table);
            }
        }
        List<RestoredPart> parts = rowParts.named(spec.name());
        if (stored.size() == 1 && parts.isEmpty() && stored.get(0).form().equals(today)) {
            return stored.get(0);
        }
        List<RowsWriter.Parts> readers =
                stored.stream().map(table -> readersOf(table, spec)).toList();
        StoredTable made = new StoredTable(spec.name(), newFamily(spec.name()), today);
        database.createTable(made.family());
        RowsIntoDatabase target =
                new RowsIntoDatabase(request, database, database.table(made.family()), spec);
        for (int i = 0; i < stored.size(); i++) {
            target.copy(database.table(stored.get(i).family()), readers.get(i));
        }
        if (!parts.isEmpty()) {
            read(parts, spec, target);
        }
        target.finish();
        for (StoredTable old : stored) {
            database.dropTable(old.family());
            tables.remove(old);
        }
        rowParts.claimed(spec.name());
        tables.add(made);
        return made;
    }

    private void read(List<RestoredPart> parts, TableSpec spec, RowsIntoDatabase target) {
        try {
            new TableReader(request, spec).read(parts, target);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    where(spec.name()) + " cannot be read from the checkpoint: " + e.getMessage(),
                    e);
        }
    }

    private String newFamily(String name) {
        int number = 0;
        while (database.table(name + "/" + number) != null) {
            number++;
        }
        return name + "/" + number;
    }

    private RowsWriter.Parts readersOf(StoredTable table, TableSpec spec) {
        TableForm form = table.form();
        if (form.shape() != spec.shape()) {
            throw incompatible(
                    spec,
                    "it was written as a table of the shape "
                            + form.shape()
                            + " and is one of "
                            + spec.shape()
                            + " now. Give the new state another name.",
                    null);
        }
        if ((form.namespaces() == null) != (spec.namespaces() == null)) {
            throw incompatible(
                    spec,
                    "it was written "
                            + (form.namespaces() == null ? "without" : "with")
                            + " namespaces and is used "
                            + (spec.namespaces() == null ? "without" : "with")
                            + " them now. Give the new state another name.",
                    null);
        }
        return new RowsWriter.Parts(
                reader(spec, "key", form.keys(), request.keys()),
                reader(spec, "namespace", form.namespaces(), spec.namespaces()),
                reader(spec, "map key", form.mapKeys(), spec.mapKeys()),
                reader(spec, "value", form.values(), spec.values()));
    }

    private Serializer<Object> reader(
            TableSpec spec, String what, WrittenSchema written, Serializer<Object> now) {
        if (written == null) {
            return null;
        }
        try {
            return request.serializers().readerInto(written, now);
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.SCHEMA_INCOMPATIBLE) {
                throw e;
            }
            throw incompatible(spec, "its " + what + ": " + e.getMessage(), e);
        }
    }

    private MillraceException incompatible(TableSpec spec, String why, Throwable cause) {
        return new MillraceException(
                ErrorCode.SCHEMA_INCOMPATIBLE, where(spec.name()) + ": " + why, cause);
    }

    private String where(String table) {
        return "state '" + table + "' of operator " + request.operator();
    }

    /**
     * Who writes the rows of all tables; those that nobody has asked for by the old classes.
     *
     * @param changes what the database lacks, of the claimed ones
     */
    List<RowsWriter> rowsWriters(
            Map<String, CachedTable> claimed, Map<String, TableFreeze> changes) {
        List<RowsWriter> writers = new ArrayList<>();
        for (StoredTable table : tables) {
            CachedTable known = claimed.get(table.name());
            writers.add(
                    new RowsWriter(
                            table,
                            database,
                            known == null
                                    ? asWritten(table.form())
                                    : RowsWriter.Parts.of(known.spec, request.keys()),
                            changes.get(table.name()),
                            request.maxParallelism(),
                            request.firstKeyGroup(),
                            request.lastKeyGroup()));
        }
        return writers;
    }

    private RowsWriter.Parts asWritten(TableForm form) {
        return new RowsWriter.Parts(
                asWritten(form.keys()),
                asWritten(form.namespaces()),
                asWritten(form.mapKeys()),
                asWritten(form.values()));
    }

    private Serializer<Object> asWritten(WrittenSchema written) {
        return written == null
                ? null
                : request.serializers()
                        .readerOf(written, (io.millrace.api.type.TypeInformation<?>) null);
    }

    /** What was frozen, with the rows of the checkpoint that nobody has asked for. */
    FrozenState with(FrozenState frozen, long checkpointId, CheckpointKind kind) {
        if (rowParts.isEmpty()) {
            return frozen;
        }
        UnclaimedParts.Frozen unclaimed = rowParts.freeze(checkpointId, kind);
        return new FrozenState() {
            @Override
            public List<StatePart> writeTo(SegmentOutput out) throws IOException {
                List<StatePart> parts = new ArrayList<>(frozen.writeTo(out));
                parts.addAll(unclaimed.writeTo(out));
                return parts;
            }

            @Override
            public void close() {
                frozen.close();
            }
        };
    }

    void onComplete(long checkpointId) {
        rowParts.onComplete(checkpointId);
    }

    void onAborted(long checkpointId) {
        rowParts.onAborted(checkpointId);
    }
}
