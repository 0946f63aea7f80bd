package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSchemaCompatibility;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import java.io.IOException;

/**
 * The snapshot of values that write themselves: their class, which alone knows their form.
 *
 * <pre>
 * version 1 := UTF class
 * </pre>
 */
public final class ValueSnapshot<T extends Value> implements TypeSerializerSnapshot<T> {
    private static final int VERSION = 1;

    private Class<T> type;

    /** To read with. */
    public ValueSnapshot() {}

    ValueSnapshot(Class<T> type) {
        this.type = type;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(type.getName());
    }

    @Override
    @SuppressWarnings("unchecked") // checked with the class
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
            throws IOException {
        String name = in.readUTF();
        try {
            Class<?> found = Class.forName(name, true, loader);
            if (readVersion != VERSION || !Value.class.isAssignableFrom(found)) {
                throw new IOException(
                        "The snapshot of "
                                + name
                                + ", version "
                                + readVersion
                                + ", is of no Value.");
            }
            type = (Class<T>) found;
        } catch (ClassNotFoundException e) {
            throw new IOException("The class " + name + ", a Value, is not there any more.", e);
        }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new ValueSerializer<>(type);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> oldSerializerSnapshot) {
        return oldSerializerSnapshot instanceof ValueSnapshot<T> old && old.type == type
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
