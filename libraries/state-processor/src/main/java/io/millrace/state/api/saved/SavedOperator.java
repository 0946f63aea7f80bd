package io.millrace.state.api.saved;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.state.TableForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The state of one operator in a savepoint. Immutable. */
public record SavedOperator(SavedState savepoint, OperatorEntry entry) {
    private static final Map<StatePart.Kind, String> WORDS =
            Map.of(
                    StatePart.Kind.KEYED, "keyed state",
                    StatePart.Kind.TIMERS, "timers",
                    StatePart.Kind.SPLIT_LIST, "a list (readListState)",
                    StatePart.Kind.UNION_LIST, "a union list (readUnionState)",
                    StatePart.Kind.BROADCAST, "broadcast state (readBroadcastState)",
                    StatePart.Kind.CHANNEL, "records on their way");

    /** For messages. */
    public String name() {
        return entry.name();
    }

    public SegmentSource segments() {
        return savepoint.segments();
    }

    /** All parts of a kind, those of earlier subtasks first. */
    public List<RestoredPart> parts(StatePart.Kind kind) {
        List<RestoredPart> parts = new ArrayList<>();
        for (int subtask = 0; subtask < entry.subtasks().size(); subtask++) {
            for (StatePart part : entry.subtasks().get(subtask).parts()) {
                if (part.kind() == kind) {
                    parts.add(new RestoredPart(part, subtask, 0, part.items()));
                }
            }
        }
        return parts;
    }

    /** The parts of a kind that are about some key groups. */
    public List<RestoredPart> parts(StatePart.Kind kind, int firstKeyGroup, int lastKeyGroup) {
        return parts(kind).stream()
                .filter(each -> each.part().firstKeyGroup() <= lastKeyGroup)
                .filter(each -> each.part().lastKeyGroup() >= firstKeyGroup)
                .toList();
    }

    /**
     * The parts of one state that has no keys.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} naming the states that there are, if there
     *     is none of that name, or it is of another kind
     */
    public List<RestoredPart> state(StatePart.Kind kind, String state) {
        List<RestoredPart> found =
                parts(kind).stream().filter(each -> each.part().name().equals(state)).toList();
        if (found.isEmpty()) {
            throw noSuchState(state, WORDS.get(kind));
        }
        return found;
    }

    /** The error for a state that is not there, or not as it was asked for. */
    public MillraceException noSuchState(String state, String asked) {
        Map<String, TreeSet<String>> known = new TreeMap<>();
        for (StatePart.Kind kind : StatePart.Kind.values()) {
            for (RestoredPart each : parts(kind)) {
                if (!each.part().name().isEmpty()) {
                    known.computeIfAbsent(each.part().name(), name -> new TreeSet<>())
                            .add(WORDS.get(kind));
                }
            }
        }
        List<String> texts = new ArrayList<>();
        known.forEach((name, kinds) -> texts.add("'" + name + "', " + String.join(" and ", kinds)));
        return new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "operator '"
                        + entry.id()
                        + "' ("
                        + entry.name()
                        + ") of the savepoint "
                        + savepoint.path()
                        + " has no state '"
                        + state
                        + "' that is "
                        + asked
                        + ". It has "
                        + (texts.isEmpty() ? "no state" : String.join("; ", texts))
                        + ".");
    }

    /**
     * Whether keyed state lies as rows, which each back end reads and whose names are known; else
     * it is a database's own files.
     */
    public boolean hasRows() {
        return parts(StatePart.Kind.KEYED).stream()
                .allMatch(each -> each.part().form().equals(TableForm.NAME));
    }

    /** Whether there is a table of keyed state of that name. */
    public boolean hasTable(String table) {
        return parts(StatePart.Kind.KEYED).stream()
                .anyMatch(each -> each.part().name().equals(table));
    }

    /** Bytes of keyed state and timers in files. */
    public long keyedBytes() {
        long bytes = 0;
        for (StatePart.Kind kind : List.of(StatePart.Kind.KEYED, StatePart.Kind.TIMERS)) {
            for (RestoredPart each : parts(kind)) {
                bytes += each.part().segments().mapToLong(SegmentRef::length).sum();
            }
        }
        return bytes;
    }
}
