package io.millrace.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.CorruptDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What differs between two savepoints or checkpoints, key by key, of either form. Confined to one
 * command. Memory: of keyed states some of the keys of one key group, whatever the size; what is
 * not keyed is in memory.
 */
public final class SavepointDiff {
    /** What became of a key or an item between the first savepoint and the second. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * One difference.
     *
     * @param key null for items without one
     * @param namespace null if the state has none
     * @param before what the first has; null if it is added
     * @param after what the second has; null if it is removed
     */
    public record Difference(
            StateId state,
            Change change,
            JsonNode key,
            JsonNode namespace,
            JsonNode before,
            JsonNode after) {}

    /**
     * A state.
     *
     * @param uid of the operator
     * @param kind as in manifests of savepoints
     */
    public record StateId(String uid, String kind, String name) {}

    /**
     * How many keys or items of a state are what.
     *
     * @param problem why they cannot be compared, and what to do; empty if they were
     */
    public record Counts(
            StateId state, long same, long added, long removed, long changed, String problem) {
        public boolean areAlike() {
            return added == 0 && removed == 0 && changed == 0 && problem.isEmpty();
        }
    }

    private final ReadableSavepoint before;
    private final ReadableSavepoint after;
    private final Consumer<Difference> target;

    private SavepointDiff(
            ReadableSavepoint before, ReadableSavepoint after, Consumer<Difference> target) {
        this.before = before;
        this.after = after;
        this.target = target;
    }

    /** What a savepoint has of a state: parts that are described alike are in one of the lists. */
    private record Stored(int maxParallelism, List<List<StatePart>> variants) {
        static final Stored NOTHING = new Stored(0, List.of());
    }

    /**
     * Compares them.
     *
     * @param uid only this operator; null for all
     * @param name only states of this name; null for all
     * @param target takes each difference as it is found
     * @return of each state that one of them has
     * @throws MillraceException {@code INVALID_OPTION} naming the states that there are, if none is
     *     meant; {@code CHECKPOINT_FILE_CORRUPT}; of the file system
     */
    public static List<Counts> of(
            ReadableSavepoint before,
            ReadableSavepoint after,
            String uid,
            String name,
            Consumer<Difference> target) {
        return new SavepointDiff(before, after, target).run(uid, name);
    }

    private List<Counts> run(String uid, String name) {
        Map<StateId, Stored> first = statesOf(before);
        Map<StateId, Stored> second = statesOf(after);
        Map<StateId, Stored> all = new LinkedHashMap<>(first);
        second.forEach(all::putIfAbsent);
        List<Counts> counts = new ArrayList<>();
        for (StateId state : all.keySet()) {
            if ((uid == null || uid.equals(state.uid()))
                    && (name == null || name.equals(state.name()))) {
                counts.add(
                        counts(
                                state,
                                first.getOrDefault(state, Stored.NOTHING),
                                second.getOrDefault(state, Stored.NOTHING)));
            }
        }
        Unkeyed.entries(before, after, uid, name, target, counts);
        if (counts.isEmpty() && (uid != null || name != null)) {
            throw noneMeant(all.keySet());
        }
        return counts;
    }

    private static MillraceException noneMeant(Iterable<StateId> states) {
        StringBuilder text = new StringBuilder();
        for (StateId state : states) {
            text.append("\n  ").append(state.uid()).append("  ");
            text.append(state.kind()).append("  ").append(state.name());
        }
        return new MillraceException(
                ErrorCode.INVALID_OPTION,
                "neither of the savepoints has such a state. Name the uid of the operator and the"
                        + " state; there are"
                        + text);
    }

    private static Map<StateId, Stored> statesOf(ReadableSavepoint savepoint) {
        Map<StateId, Map<String, List<StatePart>>> parts = new LinkedHashMap<>();
        Map<StateId, Integer> groups = new LinkedHashMap<>();
        for (OperatorEntry operator : savepoint.manifest().operators()) {
            for (SubtaskEntry subtask : operator.subtasks()) {
                List<StatePart> all = new ArrayList<>(subtask.parts());
                all.addAll(subtask.channels());
                for (StatePart part : all) {
                    StateId id = new StateId(operator.id(), part.kind().name(), part.name());
                    String variant =
                            part.form()
                                    + ' '
                                    + Base64.getEncoder().encodeToString(part.description());
                    parts.computeIfAbsent(id, each -> new TreeMap<>())
                            .computeIfAbsent(variant, each -> new ArrayList<>())
                            .add(part);
                    groups.put(id, operator.maxParallelism());
                }
            }
        }
        Map<StateId, Stored> states = new LinkedHashMap<>();
        parts.forEach(
                (id, variants) ->
                        states.put(id, new Stored(groups.get(id), List.copyOf(variants.values()))));
        return states;
    }

    private Counts counts(StateId state, Stored first, Stored second) {
        try {
            boolean keyed =
                    state.kind().equals(StatePart.Kind.KEYED.name())
                            || state.kind().equals(StatePart.Kind.TIMERS.name());
            if (!keyed) {
                return Unkeyed.parts(
                        state, items(state, before, first), items(state, after, second), target);
            }
            String problem = problem(first, second);
            if (!problem.isEmpty()) {
                return new Counts(state, 0, 0, 0, 0, problem);
            }
            return new KeyedDiff(
                            state,
                            KeyedSide.of(first.variants(), before),
                            KeyedSide.of(second.variants(), after),
                            Math.max(first.maxParallelism(), second.maxParallelism()),
                            target)
                    .run();
        } catch (CorruptDataException e) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    "state '"
                            + state.name()
                            + "' of operator '"
                            + state.uid()
                            + "' cannot be read: "
                            + e.getMessage()
                            + ". 'millrace savepoint fsck --deep' tells which of the two is"
                            + " damaged.",
                    e);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "state '"
                            + state.name()
                            + "' of operator '"
                            + state.uid()
                            + "' cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    private static List<Unkeyed.Item> items(
            StateId state, ReadableSavepoint savepoint, Stored stored) throws IOException {
        List<Unkeyed.Item> items = new ArrayList<>();
        for (List<StatePart> variant : stored.variants()) {
            items.addAll(Unkeyed.items(state, variant, savepoint.segments()));
        }
        return items;
    }

    /** Why keyed states cannot be compared; empty if they can. */
    private String problem(Stored first, Stored second) {
        for (Stored stored : List.of(first, second)) {
            for (List<StatePart> variant : stored.variants()) {
                if (!(KeyedSide.formOf(variant) instanceof KeyedForm)) {
                    ReadableSavepoint whose = stored == first ? before : after;
                    return "in "
                            + whose.path()
                            + " it is in the form "
                            + variant.get(0).form()
                            + ", which only the back end that wrote it reads: compare a savepoint of"
                            + " that job instead, which is in a form that everybody reads";
                }
            }
        }
        if (first.variants().isEmpty() || second.variants().isEmpty()) {
            return "";
        }
        if (first.maxParallelism() != second.maxParallelism()) {
            return "the maximum parallelism is "
                    + first.maxParallelism()
                    + " before and "
                    + second.maxParallelism()
                    + " after: first run 'millrace savepoint convert "
                    + before.path()
                    + " DIR --max-parallelism "
                    + second.maxParallelism()
                    + "', then compare DIR";
        }
        KeyedForm a = (KeyedForm) KeyedSide.formOf(first.variants().get(0));
        KeyedForm b = (KeyedForm) KeyedSide.formOf(second.variants().get(0));
        if (!a.keyForm().equals(b.keyForm())) {
            return "its keys were written as another type before than after, so that rows cannot be"
                    + " matched ('show --schema' of tables tells both types)";
        }
        return "";
    }
}
