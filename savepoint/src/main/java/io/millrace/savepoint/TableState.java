package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What becomes one table: the parts of one state of one operator that are described alike, with the
 * subtasks that had them. The lists have the same length. Immutable.
 */
record TableState(OperatorEntry operator, List<Integer> subtasks, List<StatePart> parts) {
    TableState {
        subtasks = List.copyOf(subtasks);
        parts = List.copyOf(parts);
    }

    /** All of an operator, in the order of their identities. */
    static List<TableState> of(OperatorEntry operator) {
        Map<TableIdentity, List<Integer>> subtasks = new TreeMap<>();
        Map<TableIdentity, List<StatePart>> parts = new TreeMap<>();
        for (int subtask = 0; subtask < operator.subtasks().size(); subtask++) {
            SubtaskEntry entry = operator.subtasks().get(subtask);
            List<StatePart> all = new ArrayList<>(entry.parts());
            all.addAll(entry.channels());
            for (StatePart part : all) {
                TableIdentity identity = TableIdentity.of(part);
                subtasks.computeIfAbsent(identity, each -> new ArrayList<>()).add(subtask);
                parts.computeIfAbsent(identity, each -> new ArrayList<>()).add(part);
            }
        }
        List<TableState> states = new ArrayList<>();
        parts.forEach(
                (identity, each) ->
                        states.add(new TableState(operator, subtasks.get(identity), each)));
        return states;
    }

    StatePart first() {
        return parts.get(0);
    }

    TableIdentity identity() {
        return TableIdentity.of(first());
    }

    Kind kind() {
        return Kind.valueOf(first().kind().name());
    }

    String name() {
        return first().name();
    }

    /** For messages. */
    String described() {
        return "state '" + name() + "' of operator '" + operator.id() + "'";
    }

    /** In its files and in the manifest. */
    long bytes() {
        return parts.stream()
                .flatMap(part -> part.pieces().stream())
                .mapToLong(TableState::bytes)
                .sum();
    }

    private static long bytes(Piece piece) {
        return piece instanceof Piece.Stored stored
                ? stored.segment().length()
                : ((Piece.Inline) piece).bytes().length;
    }

    /**
     * What its content is.
     *
     * @throws MillraceException {@code CHECKPOINT_INCOMPATIBLE} if only its back end reads it;
     *     {@code CHECKPOINT_FILE_CORRUPT}
     */
    PartForm form() {
        PartForm form;
        try {
            form = PartForm.of(first().kind(), first().form(), first().description());
        } catch (CorruptDataException e) {
            throw corrupt(e);
        }
        if (first().isKeyed() && !(form instanceof KeyedForm)) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    described()
                            + " is in the form "
                            + first().form()
                            + ", which only the back end that wrote it reads, or a newer release."
                            + " Take a savepoint of the running job: it is in a form that can be"
                            + " converted.");
        }
        return form;
    }

    MillraceException corrupt(CorruptDataException cause) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                described()
                        + " cannot be read: "
                        + cause.getMessage()
                        + ". Convert an earlier checkpoint.",
                cause);
    }

    /** For the footer of a file. */
    Map<String, String> metadata() {
        Map<String, String> metadata = metadata(operator, kind(), name());
        metadata.put(TableFile.FORM, first().form());
        metadata.put(
                TableFile.DESCRIPTION, Base64.getEncoder().encodeToString(first().description()));
        return metadata;
    }

    /** The same of what is not a state. */
    static Map<String, String> metadata(OperatorEntry operator, Kind kind, String name) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(TableFile.VERSION, Integer.toString(SavepointManifest.VERSION));
        metadata.put(TableFile.OPERATOR, operator.id());
        metadata.put(TableFile.KIND, kind.name());
        metadata.put(TableFile.NAME, name);
        return metadata;
    }

    /**
     * The table that it has become.
     *
     * @param own whose rows they are; null for what is keyed
     */
    Table table(TableLayout layout, List<SavepointManifest.Part> own, List<StoredTable> stored) {
        return new Table(
                kind(),
                name(),
                first().form(),
                Base64.getEncoder().encodeToString(first().description()),
                layout.message().toString(),
                rows(stored),
                layout.warnings(),
                own,
                stored);
    }

    static long rows(List<StoredTable> stored) {
        return stored.stream()
                .flatMap(file -> file.rowGroups().stream())
                .mapToLong(SavepointManifest.RowGroup::rows)
                .sum();
    }
}
