package io.millrace.runtime.operator;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.operator.InputSelectable;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.option.ProgramOptions;
import io.millrace.runtime.chain.ClassCopies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which operators of a batch job are given their input one key after another, and by which keys.
 * Pure.
 */
/* Those that may keep something by key until the end. A reduce is not among them: its keys mostly fit in
 * a table, which costs less than a sort; and a window of all records of a key that folds them is given the
 * fold of each key. Nor is an operator that chooses its inputs: it waits for what it
 * has chosen; nor is one that begins from a checkpoint, which has the state of all its keys.
 */
public final class GroupedInputs {
    private GroupedInputs() {}

    /**
     * Makes an operator, behind a sort or a fold of its input if that is to be.
     *
     * @param operator makes it; called once
     * @param place in the chain, of the sort or fold
     */
    public static Operator before(
            Supplier<Operator> operator,
            OperatorSpec spec,
            OperatorContext context,
            OperatorCatalogue catalogue,
            ClassCopies copies,
            String place) {
        List<KeySelector<Object, Object>> keys = keysOf(spec, context);
        if (spec.kind() == OperatorSpec.Kind.END_WINDOW
                && !keys.isEmpty()
                && context.config().get(ProgramOptions.BATCH_STATE_BACKEND)) {
            KeyFold folds = catalogue.keyFold(context, (OperatorSpec.WindowSpec) spec);
            if (folds != null) {
                context.letKeysComeOnce();
                return ChainParts.folded(
                        copies.at(place, FoldedOperator.class),
                        operator.get(),
                        context,
                        keys.get(0),
                        folds);
            }
        }
        KeySort sort = keys.isEmpty() ? null : catalogue.keySort(context, keys);
        if (sort == null) {
            return operator.get();
        }
        if (context.config().get(ProgramOptions.BATCH_STATE_BACKEND)) {
            context.letKeysComeOnce();
        }
        return ChainParts.grouped(
                copies.at(place, GroupedOperator.class), operator.get(), context, keys, sort);
    }

    /**
     * The keys of each input, null where it has none and so is not sorted; nothing if the operator
     * takes its input as it comes.
     */
    private static List<KeySelector<Object, Object>> keysOf(
            OperatorSpec spec, OperatorContext context) {
        if (context.mode() != ExecutionMode.BATCH
                || context.restoredCheckpointId().isPresent()
                || !context.config().get(ProgramOptions.SORT_INPUTS)) {
            return List.of();
        }
        Keying keying = context.keying();
        return switch (spec.kind()) {
            case KEYED_PROCESS -> keys(((OperatorSpec.KeyedProcessSpec) spec).keySelector());
            case WINDOW, SLICED_WINDOW, SESSION_WINDOW, END_WINDOW ->
                    keys(((OperatorSpec.WindowSpec) spec).keySelector());
            case KEYED_CO_PROCESS -> {
                OperatorSpec.KeyedCoProcessSpec two = (OperatorSpec.KeyedCoProcessSpec) spec;
                yield keys(two.firstKey(), two.secondKey());
            }
            case INTERVAL_JOIN -> {
                OperatorSpec.IntervalJoinSpec two = (OperatorSpec.IntervalJoinSpec) spec;
                yield keys(two.leftKey(), two.rightKey());
            }
            case KEYED_BROADCAST_PROCESS ->
                    keys(((OperatorSpec.KeyedBroadcastProcessSpec) spec).keySelector(), null);
            case MAP -> ifStored(((OperatorSpec.MapSpec) spec).function(), keying, 1);
            case FLAT_MAP -> ifStored(((OperatorSpec.FlatMapSpec) spec).function(), keying, 1);
            case FILTER -> ifStored(((OperatorSpec.FilterSpec) spec).function(), keying, 1);
            case CO_MAP -> ifStored(((OperatorSpec.CoMapSpec) spec).function(), keying, 2);
            case CO_FLAT_MAP -> ifStored(((OperatorSpec.CoFlatMapSpec) spec).function(), keying, 2);
            case CO_PROCESS -> ifStored(((OperatorSpec.CoProcessSpec) spec).function(), keying, 2);
            case TRANSFORM -> {
                OperatorSpec.TransformSpec one = (OperatorSpec.TransformSpec) spec;
                yield unlessItChooses(one.factory(), context, keys(one.keySelector()));
            }
            case CO_TRANSFORM -> {
                OperatorSpec.CoTransformSpec two = (OperatorSpec.CoTransformSpec) spec;
                yield unlessItChooses(
                        two.factory(), context, keys(two.firstKey(), two.secondKey()));
            }
            case MULTI_TRANSFORM -> {
                OperatorSpec.MultiTransformSpec many = (OperatorSpec.MultiTransformSpec) spec;
                yield unlessItChooses(
                        many.factory(),
                        context,
                        keys(many.keys().toArray(new KeySelector<?, ?>[0])));
            }
            // They keep nothing by key, or in bounded memory.
            default -> List.of();
        };
    }

    @SuppressWarnings("unchecked") // selectors take the records of their input
    private static List<KeySelector<Object, Object>> keys(KeySelector<?, ?>... selectors) {
        List<KeySelector<Object, Object>> keys = new ArrayList<>();
        boolean any = false;
        for (KeySelector<?, ?> selector : selectors) {
            any |= selector != null;
            keys.add((KeySelector<Object, Object>) selector);
        }
        return any ? Collections.unmodifiableList(keys) : List.of();
    }

    /** A function that never asks for its context has no state. */
    private static List<KeySelector<Object, Object>> ifStored(
            Function function, Keying keying, int inputs) {
        boolean mayHaveState =
                function instanceof RichFunction || function instanceof CheckpointedFunction;
        if (keying == null || !mayHaveState) {
            return List.of();
        }
        return keys(Arrays.copyOf(keying.selectors().toArray(new KeySelector<?, ?>[0]), inputs));
    }

    private static List<KeySelector<Object, Object>> unlessItChooses(
            StreamOperatorFactory<?> factory,
            OperatorContext context,
            List<KeySelector<Object, Object>> keys) {
        if (keys.size() < 2) {
            return keys;
        }
        Class<?> made;
        try {
            made = factory.getStreamOperatorClass(context.userLoader());
        } catch (UnsupportedOperationException e) {
            return List.of(); // a factory that does not say so may make one that chooses
        }
        return made == null || InputSelectable.class.isAssignableFrom(made) ? List.of() : keys;
    }
}
