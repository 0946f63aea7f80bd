package io.millrace.api.tuple;

import java.io.Serializable;
import java.util.List;

/** A fixed number of fields, each with a type of its own. Mutable; not thread-safe. */
public abstract class Tuple implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final int MAX_ARITY = 25;

    private static final List<Class<? extends Tuple>> CLASSES =
            List.of(
                    Tuple0.class,
                    Tuple1.class,
                    Tuple2.class,
                    Tuple3.class,
                    Tuple4.class,
                    Tuple5.class,
                    Tuple6.class,
                    Tuple7.class,
                    Tuple8.class,
                    Tuple9.class,
                    Tuple10.class,
                    Tuple11.class,
                    Tuple12.class,
                    Tuple13.class,
                    Tuple14.class,
                    Tuple15.class,
                    Tuple16.class,
                    Tuple17.class,
                    Tuple18.class,
                    Tuple19.class,
                    Tuple20.class,
                    Tuple21.class,
                    Tuple22.class,
                    Tuple23.class,
                    Tuple24.class,
                    Tuple25.class);

    /**
     * @param pos from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public abstract <T> T getField(int pos);

    /**
     * The field at a position, which must not be null.
     *
     * @throws NullFieldException if it is
     */
    public <T> T getFieldNotNull(int pos) {
        T field = getField(pos);
        if (field == null) {
            throw new NullFieldException(pos);
        }
        return field;
    }

    /**
     * @param pos from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public abstract <T> void setField(T value, int pos);

    /** Number of fields. */
    public abstract int getArity();

    /** A new tuple with the same fields. */
    public abstract <T extends Tuple> T copy();

    /**
     * @param arity from 0 to {@link #MAX_ARITY}
     */
    public static Class<? extends Tuple> getTupleClass(int arity) {
        checkArity(arity);
        return CLASSES.get(arity);
    }

    /** An empty tuple of so many fields. */
    public static Tuple newInstance(int arity) {
        checkArity(arity);
        try {
            return arity == 0
                    ? Tuple0.INSTANCE
                    : CLASSES.get(arity).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("tuples have a public default constructor", e);
        }
    }

    private static void checkArity(int arity) {
        if (arity < 0 || arity > MAX_ARITY) {
            throw new IllegalArgumentException(
                    "A tuple has 0 to " + MAX_ARITY + " fields, not " + arity + ".");
        }
    }
}
