package io.millrace.runtime.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.ClassCopies;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.serde.Serializer;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.List;

/** Makes the parts of a chain from the classes that were chosen for their places. */
public final class ChainParts {
    private ChainParts() {}

    /** An operator of a class that the catalogue gave, or of a copy of it. */
    public static Operator operator(
            Class<? extends Operator> type,
            OperatorSpec spec,
            OperatorContext context,
            Receiver next) {
        Operator operator = (Operator) make(type, spec, context, next);
        operator.belongsTo(context);
        return operator;
    }

    /** An operator that is given its input one key after another. */
    public static Operator grouped(
            Class<? extends Operator> type,
            Operator operator,
            OperatorContext context,
            List<KeySelector<Object, Object>> keys,
            KeySort sort) {
        Operator grouped = (Operator) make(type, operator, context, keys, sort);
        grouped.belongsTo(context);
        return grouped;
    }

    /** A window operator that is given one value for each key. */
    public static Operator folded(
            Class<? extends Operator> type,
            Operator operator,
            OperatorContext context,
            KeySelector<Object, Object> keySelector,
            KeyFold folds) {
        Operator folded = (Operator) make(type, operator, context, keySelector, folds);
        folded.belongsTo(context);
        return folded;
    }

    /** One place that stands for several: none, one, or as many as there are. */
    public static Receiver join(
            List<Receiver> places, Serializer<Object> copier, ClassCopies copies, String place) {
        if (places.isEmpty()) {
            return new Discard();
        }
        Receiver joined = places.get(places.size() - 1);
        for (int i = places.size() - 2; i >= 0; i--) {
            joined =
                    (Receiver)
                            make(
                                    copies.at(place + "." + i, Tee.class),
                                    places.get(i),
                                    joined,
                                    copier);
        }
        return joined;
    }

    /** The place behind an operator whose time goes to side outputs too. */
    public static Receiver withSides(
            Receiver main, Collection<Receiver> sides, ClassCopies copies, String place) {
        return sides.isEmpty()
                ? main
                : (Receiver)
                        make(copies.at(place, TimeFan.class), main, sides.toArray(new Receiver[0]));
    }

    /** The entrance of a chain for one of the inputs of its first operator. */
    public static ChunkReceiver entrance(Operator first, int input, ClassCopies copies) {
        if (first instanceof TwoInputOperator two) {
            Class<? extends ChunkReceiver> loop =
                    input == TwoInputOperator.FIRST ? FirstInputLoop.class : SecondInputLoop.class;
            return (ChunkReceiver) make(copies.at("entrance " + input, loop), two);
        }
        if (first instanceof MultiInputOperator multi) {
            return (ChunkReceiver)
                    make(copies.at("entrance " + input, AnyInputLoop.class), multi, input);
        }
        return (ChunkReceiver) make(copies.at("entrance", RecordLoop.class), first);
    }

    private static Object make(Class<?> type, Object... arguments) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(type + " cannot be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }
}
