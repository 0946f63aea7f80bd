package io.millrace.runtime.serde;

/**
 * Turns values of one type into bytes and back, and copies them. Immutable and thread-safe: what
 * must be remembered between values (the structures found at run time) lies in the writer and the
 * reader.
 *
 * <p>Values are not null unless {@link #schema()} is {@link Schema.Any}: who contains a value
 * writes whether it is there. Every value takes at least one byte, so a count of elements can be
 * checked against the bytes that are left.
 */
public abstract class Serializer<T> {
    /** Nesting of values beyond which writing and reading end in an error, not in a full stack. */
    public static final int MAX_DEPTH = 500;

    /**
     * Appends {@code value}.
     *
     * @throws io.millrace.api.error.MillraceException {@code RECORD_TYPE_UNKNOWN} if a part of the
     *     value has no serial form; {@code out} is then of no use any more
     */
    public abstract void write(T value, BinaryWriter out);

    /**
     * Reads the first bytes of objects that {@link #write} would read. Who writes many values asks
     * for this of the next ones, so that they come from memory side by side. Looks at texts in
     * structs, to any depth that types give, or at nothing.
     *
     * @return without meaning; to be kept, so that the compiler keeps the look
     */
    public int lookInto(T value) {
        return 0;
    }

    /**
     * Reads what {@link #write} appended.
     *
     * @throws CorruptDataException if the bytes are not of that form; a constructor of the user's
     *     that refuses its arguments may throw what it likes
     */
    public abstract T read(BinaryReader in);

    /**
     * A value that shares nothing that can change with {@code value}; the same one if nothing can.
     */
    public abstract T copy(T value);

    /** Whether {@link #copy} always returns its argument. */
    public abstract boolean immutable();

    /**
     * Reads what such a serializer has written, perhaps of older classes, if {@code reader} reads
     * it by the schema alone. Another than that only if values are not kept as they are written.
     */
    public Serializer<T> over(Serializer<T> reader) {
        return reader;
    }

    /** The names and types that are written. */
    public abstract Schema schema();

    /** Whether this serializer can write {@code value}, which is not null and of any class. */
    boolean fits(Object value) {
        return true;
    }
}
