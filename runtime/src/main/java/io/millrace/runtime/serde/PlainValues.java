package io.millrace.runtime.serde;

import java.util.List;

/**
 * Reads and writes values of a written form without their classes: as plain trees.
 *
 * <pre>
 * scalar     the JDK's object                 enum       name of the constant
 * struct     Object[], null where absent      union      {@link Case}
 * sequence, array  List, with nulls           mapping    List of {@link Pair}
 * optional   Optional                         row        {@link PlainRow}
 * open       as its exact form, or {@link Found} if it is a subclass
 * any        {@link Found} or null            custom     byte[] of the program's serializer
 * enclosing  as what it refers to
 * </pre>
 *
 * What is read can be written again, to bytes that are read into equal objects. Immutable; a tree
 * belongs to its reader.
 */
public abstract class PlainValues {
    private static final int FIRST_BYTES = 128;

    /** A case of a sealed family. */
    public record Case(int index, Object value) {}

    /** An entry of a map; each may be null. */
    public record Pair(Object key, Object value) {}

    /** A value whose form was found at run time. */
    public record Found(Written written, Object value) {}

    /**
     * A row.
     *
     * @param kind of the change, as {@code RowKind} numbers them
     * @param names null if the fields have positions only, or if the form names them
     */
    public record PlainRow(int kind, List<String> names, Object[] fields) {}

    /** Of a whole form. */
    public static PlainValues of(Written written) {
        return new PlainForms().of(written, null);
    }

    /**
     * Of a part.
     *
     * @param around structs and unions that it lies in, the outermost first
     */
    public static PlainValues of(Written written, List<Written> around) {
        WrittenLevel level = null;
        for (Written each : around) {
            level = new WrittenLevel(each, level);
        }
        return new PlainForms().of(written, level);
    }

    /**
     * @param structures of all that stands before in the same run of bytes
     * @throws CorruptDataException if the bytes are not of that form
     */
    public abstract Object read(BinaryReader in, PlainStructures structures);

    /**
     * @param value a tree; null for a value found at run time only
     * @throws CorruptDataException if the tree is not of that form
     */
    public abstract void write(Object value, BinaryWriter out, PlainStructures structures);

    static CorruptDataException wrong(Object value, String wanted) {
        return new CorruptDataException(
                (value == null ? "null" : "a " + value.getClass().getName())
                        + " where "
                        + wanted
                        + " is to be");
    }

    static <T> T as(Class<T> type, Object value, String wanted) {
        if (!type.isInstance(value)) {
            throw wrong(value, wanted);
        }
        return type.cast(value);
    }

    /** A value on its own. */
    public final byte[] toBytes(Object value) {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        write(value, out, new PlainStructures());
        return out.toByteArray();
    }

    /**
     * What {@link #toBytes} gave.
     *
     * @throws CorruptDataException if the bytes are not of that form
     */
    public final Object fromBytes(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        Object value = read(in, new PlainStructures());
        if (in.remaining() != 0) {
            throw new CorruptDataException(in.remaining() + " bytes too many after a value");
        }
        return value;
    }
}
