package io.millrace.api.input;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;

/**
 * Writes what belongs to an input format by Java serialization, as programs wrote their splits for
 * it. Classes are those that the program's loader sees. Stateless.
 */
final class JavaForm<T extends Serializable> implements SimpleVersionedSerializer<T> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    @Override
    @SuppressWarnings("unchecked") // what was written by this
    public T deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "Splits of an input format were written in form "
                            + version
                            + ", and this version reads form "
                            + VERSION
                            + ".");
        }
        try (ObjectInputStream in = new ProgramsObjects(serialized)) {
            return (T) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(
                    "The class of a split is not in the program: " + e.getMessage(), e);
        }
    }

    /** Finds classes with the loader of the thread, which is the program's. */
    private static final class ProgramsObjects extends ObjectInputStream {
        ProgramsObjects(byte[] bytes) throws IOException {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description)
                throws IOException, ClassNotFoundException {
            try {
                return Class.forName(
                        description.getName(),
                        false,
                        Thread.currentThread().getContextClassLoader());
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
