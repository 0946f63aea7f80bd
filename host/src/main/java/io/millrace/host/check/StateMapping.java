package io.millrace.host.check;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.type.TypeInformation;
import io.millrace.host.check.DeclaredStates.Declared;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.WrittenSchema;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.unkeyed.ItemForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What becomes of the states of a checkpoint in a program that starts from it, as far as that can
 * be told before it runs. Reads no state, only what the manifest says of it. Immutable.
 */
public record StateMapping(List<Row> rows) {
    public StateMapping {
        rows = List.copyOf(rows);
    }

    /** What becomes of a state. */
    public enum Fate {
        /** It is read as it was written. */
        TAKEN_OVER,
        /** It is read into a class that has changed since. */
        MIGRATED,
        /** The program has no operator for it: it is left behind. */
        DROPPED,
        /** The checkpoint does not have it: it starts empty. */
        MISSING,
        /** It cannot be read: the job does not start. */
        INCOMPATIBLE,
        /** The program asks for it when it runs, and says then of what type it is. */
        UNKNOWN
    }

    /**
     * One state of an operator.
     *
     * @param kind of the state; empty if the row is about the operator
     * @param detail why; may be empty
     * @param code of the error that a job would end with; null unless it is incompatible
     */
    public record Row(
            Fate fate,
            String uid,
            String operator,
            String kind,
            String state,
            String detail,
            ErrorCode code) {
        Row(Fate fate, String uid, String operator, String kind, String state, String detail) {
            this(
                    fate,
                    uid,
                    operator,
                    kind,
                    state,
                    detail,
                    fate == Fate.INCOMPATIBLE ? ErrorCode.CHECKPOINT_INCOMPATIBLE : null);
        }

        Row unreadable() {
            return new Row(fate, uid, operator, kind, state, detail, ErrorCode.SCHEMA_INCOMPATIBLE);
        }
    }

    /**
     * @param plan of the same program
     * @param ignoreUnclaimed whether state of operators that are gone may be left behind
     * @param user the program's class loader
     */
    public static StateMapping of(
            Manifest manifest,
            StreamGraph graph,
            JobGraph plan,
            boolean ignoreUnclaimed,
            ClassLoader user) {
        return new Making(manifest, graph, plan, ignoreUnclaimed, user).make();
    }

    /** The rows for which the job would not start. */
    public List<Row> refused() {
        return rows.stream().filter(row -> row.fate() == Fate.INCOMPATIBLE).toList();
    }

    /** The mapping while it is made. Confined to one thread. */
    private static final class Making {
        private final Manifest manifest;
        private final boolean ignoreUnclaimed;
        private final JobSerializers serializers;
        private final Map<Integer, StreamNode> nodes = new TreeMap<>();
        private final Map<String, ChainedOperator> operators = new TreeMap<>();
        private final Map<String, JobVertex> vertices = new TreeMap<>();
        private final List<Row> rows = new ArrayList<>();

        Making(
                Manifest manifest,
                StreamGraph graph,
                JobGraph plan,
                boolean ignoreUnclaimed,
                ClassLoader user) {
            this.manifest = manifest;
            this.ignoreUnclaimed = ignoreUnclaimed;
            this.serializers = new JobSerializers(user);
            graph.nodes().forEach(node -> nodes.put(node.id(), node));
            for (JobVertex vertex : plan.vertices()) {
                for (ChainedOperator operator : vertex.operators()) {
                    if (operators.putIfAbsent(operator.identity(), operator) == null) {
                        vertices.put(operator.identity(), vertex);
                    }
                }
            }
        }

        StateMapping make() {
            Map<String, List<String>> stored = new TreeMap<>();
            for (OperatorEntry entry : manifest.operators()) {
                Map<String, StatePart> states = statesOf(entry);
                stored.put(entry.id(), states.values().stream().map(StatePart::name).toList());
                states.values().forEach(part -> rows.add(rowOf(entry, part)));
            }
            manifest.enumerators()
                    .forEach(one -> rows.add(ofOperator(one.operatorId(), "SOURCE", "position")));
            manifest.committables().stream()
                    .map(one -> one.operatorId())
                    .distinct()
                    .forEach(id -> rows.add(ofOperator(id, "SINK", "prepared output")));
            operators.forEach((id, operator) -> addMissing(id, operator, stored.get(id)));
            return new StateMapping(rows);
        }

        private static Map<String, StatePart> statesOf(OperatorEntry entry) {
            Map<String, StatePart> states = new LinkedHashMap<>();
            entry.subtasks()
                    .forEach(
                            subtask ->
                                    subtask.parts()
                                            .forEach(
                                                    part ->
                                                            states.putIfAbsent(
                                                                    part.kind() + " " + part.name(),
                                                                    part)));
            return states;
        }

        private Row ofOperator(String id, String kind, String what) {
            ChainedOperator operator = operators.get(id);
            return operator == null
                    ? gone(id, "", kind, what)
                    : new Row(Fate.TAKEN_OVER, id, operator.name(), kind, what, "");
        }

        private Row gone(String id, String name, String kind, String state) {
            return ignoreUnclaimed
                    ? new Row(Fate.DROPPED, id, name, kind, state, "left behind, as -n says")
                    : new Row(
                            Fate.INCOMPATIBLE,
                            id,
                            name,
                            kind,
                            state,
                            "the program has no operator of this uid; give it back, or leave the"
                                    + " state behind with -n");
        }

        private Row rowOf(OperatorEntry entry, StatePart part) {
            String kind = part.kind().name();
            ChainedOperator operator = operators.get(entry.id());
            if (operator == null) {
                return gone(entry.id(), entry.name(), kind, part.name());
            }
            JobVertex vertex = vertices.get(entry.id());
            if (part.lastKeyGroup() >= 0 && entry.maxParallelism() != vertex.maxParallelism()) {
                return row(
                        Fate.INCOMPATIBLE,
                        entry,
                        part,
                        entry.maxParallelism()
                                + " key groups were written, and the maximum parallelism is "
                                + vertex.maxParallelism()
                                + " now; setMaxParallelism("
                                + entry.maxParallelism()
                                + "), or 'millrace savepoint convert --max-parallelism "
                                + vertex.maxParallelism()
                                + "'");
            }
            StreamNode node = nodes.get(operator.nodeId());
            try {
                return switch (part.kind()) {
                    case KEYED -> keyed(entry, part, node);
                    case BROADCAST -> broadcast(entry, part, node);
                    case TIMERS, CHANNEL -> row(Fate.TAKEN_OVER, entry, part, "");
                    case SPLIT_LIST, UNION_LIST ->
                            operator.kind() == io.millrace.api.graph.OperatorSpec.Kind.SOURCE
                                    ? row(Fate.TAKEN_OVER, entry, part, "")
                                    : row(Fate.UNKNOWN, entry, part, "until it runs");
                };
            } catch (CorruptDataException e) {
                return row(
                        Fate.UNKNOWN,
                        entry,
                        part,
                        "its description cannot be read: " + e.getMessage());
            }
        }

        private static Row row(Fate fate, OperatorEntry entry, StatePart part, String detail) {
            return new Row(fate, entry.id(), entry.name(), part.kind().name(), part.name(), detail);
        }

        private Row keyed(OperatorEntry entry, StatePart part, StreamNode node) {
            if (!part.form().equals(TableForm.NAME)) {
                return row(
                        Fate.UNKNOWN,
                        entry,
                        part,
                        "files of a back end (" + part.form() + "), which only that one reads");
            }
            TableForm form = TableForm.parse(part.description());
            TypeInformation<?> keys =
                    node == null || node.keying() == null ? null : node.keying().type();
            if (keys != null) {
                String why = whyNot(form.keys(), keys);
                if (why != null) {
                    return row(Fate.INCOMPATIBLE, entry, part, "its key: " + why).unreadable();
                }
            }
            Declared declared = node == null ? null : DeclaredStates.of(node).get(part.name());
            if (declared == null || declared.values() == null || declared.hasLifetime()) {
                return row(Fate.UNKNOWN, entry, part, ofToday(form.values()));
            }
            return compared(
                    entry,
                    part,
                    form.mapKeys(),
                    declared.mapKeys(),
                    form.values(),
                    declared.values());
        }

        private Row broadcast(OperatorEntry entry, StatePart part, StreamNode node) {
            Declared declared = node == null ? null : DeclaredStates.of(node).get(part.name());
            List<WrittenSchema> written =
                    part.form().equals(ItemForm.NAME)
                            ? ItemForm.schemas(part.description())
                            : List.of();
            if (declared == null || declared.values() == null || written.size() != 2) {
                return row(Fate.UNKNOWN, entry, part, "until it runs");
            }
            return compared(
                    entry,
                    part,
                    written.get(0),
                    declared.mapKeys(),
                    written.get(1),
                    declared.values());
        }

        private Row compared(
                OperatorEntry entry,
                StatePart part,
                WrittenSchema writtenKeys,
                TypeInformation<?> mapKeys,
                WrittenSchema writtenValues,
                TypeInformation<?> values) {
            if ((writtenKeys == null) != (mapKeys == null)) {
                return row(
                        Fate.INCOMPATIBLE,
                        entry,
                        part,
                        "it was "
                                + (writtenKeys == null ? "no map" : "a map")
                                + " and is "
                                + (mapKeys == null ? "none" : "one")
                                + " now; give the new state another name");
            }
            String why = mapKeys == null ? null : whyNot(writtenKeys, mapKeys);
            if (why == null) {
                why = whyNot(writtenValues, values);
            }
            if (why != null) {
                return row(Fate.INCOMPATIBLE, entry, part, why).unreadable();
            }
            boolean same =
                    isSame(writtenValues, values)
                            && (mapKeys == null || isSame(writtenKeys, mapKeys));
            return row(
                    same ? Fate.TAKEN_OVER : Fate.MIGRATED,
                    entry,
                    part,
                    same ? "" : "read into " + values + " of today");
        }

        private boolean isSame(WrittenSchema written, TypeInformation<?> type) {
            return WrittenSchema.of(serializers.of(type)).equals(written);
        }

        /** Why what was written cannot be read into a type; null if it can. */
        private String whyNot(WrittenSchema written, TypeInformation<?> type) {
            try {
                serializers.readerOf(written, type);
                return null;
            } catch (MillraceException e) {
                return summaryOf(e);
            }
        }

        /** What classes of the same names would make of it. */
        private String ofToday(WrittenSchema written) {
            try {
                boolean same =
                        WrittenSchema.of(serializers.readerOf(written, null)).equals(written);
                return same
                        ? "until it runs; its classes are as they were"
                        : "until it runs; its classes have changed, in a way that can be read";
            } catch (MillraceException e) {
                return "until it runs and asks for it; if it still asks for the class that was"
                        + " written: "
                        + summaryOf(e);
            }
        }

        private static String summaryOf(MillraceException e) {
            String prefix = e.code() + ": ";
            String text = e.getMessage();
            return e.code() == ErrorCode.SCHEMA_INCOMPATIBLE && text.startsWith(prefix)
                    ? text.substring(prefix.length())
                    : text;
        }

        private void addMissing(String id, ChainedOperator operator, List<String> stored) {
            StreamNode node = nodes.get(operator.nodeId());
            if (node == null) {
                return;
            }
            if (stored == null) {
                if (StatefulNodes.hasState(node)) {
                    rows.add(
                            new Row(
                                    Fate.MISSING,
                                    id,
                                    operator.name(),
                                    "",
                                    "",
                                    "the checkpoint has nothing of this operator: it starts"
                                            + " empty"));
                }
                return;
            }
            for (Declared declared : DeclaredStates.of(node).values()) {
                if (!stored.contains(declared.name())) {
                    rows.add(
                            new Row(
                                    Fate.MISSING,
                                    id,
                                    operator.name(),
                                    declared.broadcast() ? "BROADCAST" : "",
                                    declared.name(),
                                    "it starts empty"));
                }
            }
        }
    }
}
