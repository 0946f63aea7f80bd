package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes the tables of operators, one operator after the other. Confined to its user. */
final class OperatorTables {
    private final Manifest checkpoint;
    private final TableTarget target;
    private final int maxParallelism; // 0 for that of each operator
    private final KeyedTables keyed;
    private final UnkeyedTables unkeyed;

    /**
     * @param segments of the checkpoint; thread-safe
     * @param maxParallelism that keys are dealt out to; 0 for what it is
     */
    OperatorTables(
            Manifest checkpoint, SegmentSource segments, TableTarget target, int maxParallelism) {
        this.checkpoint = checkpoint;
        this.target = target;
        this.maxParallelism = maxParallelism;
        this.keyed = new KeyedTables(segments, target, maxParallelism);
        this.unkeyed = new UnkeyedTables(segments, target, maxParallelism);
    }

    /** All operators of the checkpoint. */
    List<Operator> write() throws IOException {
        List<Operator> operators = new ArrayList<>();
        for (OperatorEntry operator : checkpoint.operators()) {
            operators.add(write(operator, List.of()));
        }
        return operators;
    }

    /**
     * One of them.
     *
     * @param others tables that the operator has besides
     */
    Operator write(OperatorEntry operator, Collection<TableIdentity> others) throws IOException {
        requireRoom(operator);
        List<TableState> states = TableState.of(operator);
        List<TableIdentity> all = new ArrayList<>(others);
        states.forEach(state -> all.add(state.identity()));
        TableDirectories directories = new TableDirectories(operator.id(), all);
        List<Table> tables = new ArrayList<>();
        for (TableState state : states) {
            tables.add(write(state, directories.of(state.identity())));
        }
        List<EnumeratorEntry> positions =
                checkpoint.enumerators().stream()
                        .filter(each -> each.operatorId().equals(operator.id()))
                        .toList();
        if (!positions.isEmpty()) {
            tables.add(enumerators(operator, positions));
        }
        List<CommittableEntry> prepared =
                checkpoint.committables().stream()
                        .filter(each -> each.operatorId().equals(operator.id()))
                        .toList();
        if (!prepared.isEmpty()) {
            tables.add(committables(operator, prepared));
        }
        return new Operator(
                operator.id(),
                operator.name(),
                operator.parallelism(),
                keyGroups(operator),
                finished(operator),
                tables);
    }

    private static List<Integer> finished(OperatorEntry operator) {
        List<Integer> finished = new ArrayList<>();
        for (int subtask = 0; subtask < operator.subtasks().size(); subtask++) {
            if (operator.subtasks().get(subtask).finished()) {
                finished.add(subtask);
            }
        }
        return finished;
    }

    private int keyGroups(OperatorEntry operator) {
        return maxParallelism == 0 ? operator.maxParallelism() : maxParallelism;
    }

    private void requireRoom(OperatorEntry operator) {
        if (keyGroups(operator) < operator.parallelism()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    "operator '"
                            + operator.id()
                            + "' ran in "
                            + operator.parallelism()
                            + " subtasks, so its maximum parallelism cannot become "
                            + keyGroups(operator)
                            + ".");
        }
    }

    private Table write(TableState state, String path) throws IOException {
        PartForm form = state.form();
        try {
            return form instanceof KeyedForm rows
                    ? keyed.write(state, rows, path)
                    : unkeyed.write(state, form, path);
        } catch (CorruptDataException e) {
            throw state.corrupt(e);
        }
    }

    private Table enumerators(OperatorEntry operator, List<EnumeratorEntry> positions)
            throws IOException {
        TableLayout layout = TableLayout.enumerator();
        try (TableFile file = create(operator, Kind.ENUMERATOR, layout)) {
            for (EnumeratorEntry each : positions) {
                file.write(new Object[] {each.version(), each.state()}, 0, each.state().length);
            }
            return table(Kind.ENUMERATOR, layout, file.finish());
        }
    }

    private Table committables(OperatorEntry operator, List<CommittableEntry> prepared)
            throws IOException {
        TableLayout layout = TableLayout.committables();
        try (TableFile file = create(operator, Kind.COMMITTABLES, layout)) {
            for (CommittableEntry each : prepared) {
                OperatorCommittables one = each.committables();
                for (byte[] committable : one.committables()) {
                    file.write(
                            new Object[] {
                                one.subtask(),
                                one.checkpointId(),
                                one.serializerVersion(),
                                committable
                            },
                            0,
                            committable.length);
                    file.mayEnd();
                }
            }
            return table(Kind.COMMITTABLES, layout, file.finish());
        }
    }

    private TableFile create(OperatorEntry operator, Kind kind, TableLayout layout)
            throws IOException {
        return target.create(
                TablePaths.all(TablePaths.directory(operator.id(), kind, "", 1)),
                layout,
                TableState.metadata(operator, kind, ""));
    }

    private static Table table(Kind kind, TableLayout layout, StoredTable stored) {
        return new Table(
                kind,
                "",
                null,
                null,
                layout.message().toString(),
                TableState.rows(List.of(stored)),
                layout.warnings(),
                null,
                List.of(stored));
    }
}
