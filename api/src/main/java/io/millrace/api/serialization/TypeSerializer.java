package io.millrace.api.serialization;

import java.io.IOException;
import java.io.Serializable;

/**
 * Turns values of one type into bytes and back, and copies them. A program brings one for a type
 * that the engine's generated serializers do not serve, by a {@code TypeInformation} of its own.
 *
 * <p>A serializer may have state: each thread gets its own {@link #duplicate}. It must not touch a
 * value after the call that was given it.
 *
 * @param <T> the type
 */
public abstract class TypeSerializer<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether values can never change, so that they need no copies. */
    public abstract boolean isImmutableType();

    /** One for another thread: this one if it has no state, else a deep copy. */
    public abstract TypeSerializer<T> duplicate();

    /** A value for the methods that reuse one; null for types of which there is no empty value. */
    public abstract T createInstance();

    /** A deep copy; the same value if it cannot change. */
    public abstract T copy(T from);

    /** A deep copy, in {@code reuse} if that is possible. */
    public abstract T copy(T from, T reuse);

    /** The bytes that each value takes, or -1 if they differ. */
    public abstract int getLength();

    public abstract void serialize(T record, DataOutputView target) throws IOException;

    /** A new value, from what {@link #serialize} wrote; it reads exactly those bytes. */
    public abstract T deserialize(DataInputView source) throws IOException;

    /** Same, in {@code reuse} if that is possible. */
    public abstract T deserialize(T reuse, DataInputView source) throws IOException;

    /** Moves the bytes of one value. */
    public abstract void copy(DataInputView source, DataOutputView target) throws IOException;

    @Override
    public abstract boolean equals(Object obj);

    @Override
    public abstract int hashCode();

    /** What is stored beside data, so that a later version of this serializer can read it. */
    public abstract TypeSerializerSnapshot<T> snapshotConfiguration();
}
