package io.millrace.api.serialization;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * The snapshot of a serializer whose form never changes. Subclasses have a public constructor
 * without arguments that hands over how to make the serializer.
 *
 * <pre>
 * version 1 := UTF class name of the serializer
 * </pre>
 */
public abstract class SimpleTypeSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int VERSION = 1;

    private final Supplier<? extends TypeSerializer<T>> serializerSupplier;

    public SimpleTypeSerializerSnapshot(Supplier<? extends TypeSerializer<T>> serializerSupplier) {
        this.serializerSupplier = java.util.Objects.requireNonNull(serializerSupplier);
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return serializerSupplier.get();
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> oldSerializerSnapshot) {
        return oldSerializerSnapshot.getClass() == getClass()
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(restoreSerializer().getClass().getName());
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
            throws IOException {
        if (readVersion != VERSION) {
            throw new IOException(
                    getClass().getName()
                            + " is stored in version "
                            + readVersion
                            + "; this release knows version "
                            + VERSION
                            + ".");
        }
        String stored = in.readUTF();
        String own = restoreSerializer().getClass().getName();
        if (!stored.equals(own)) {
            throw new IOException(
                    getClass().getName()
                            + " is of "
                            + own
                            + ", but was stored for "
                            + stored
                            + ".");
        }
    }

    @Override
    public final boolean equals(Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public final int hashCode() {
        return getClass().getName().hashCode();
    }

    @Override
    public String toString() {
        return getClass().getName();
    }
}
