package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/**
 * Java serialization of user functions, and of splits of their input formats, the only things that
 * it is for. Stateless; any thread.
 *
 * <p>Reading goes through {@link SerializationFilter}, which rejects what it does not know.
 */
public final class JavaSerialization {
    private JavaSerialization() {}

    /**
     * The bytes of a function.
     *
     * <p>If the function cannot be written as it is, enclosing objects that it keeps but does not
     * use are taken out of it first.
     *
     * @param where the operator, as the user named it
     * @throws MillraceException {@code FUNCTION_NOT_SERIALIZABLE} naming the operator and the field
     */
    public static byte[] write(Object function, String where) {
        try {
            return bytes(function);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            UnserializableSearch search = new UnserializableSearch();
            String found = search.explain(function);
            if (found == null && search.changed()) {
                return writeAgain(function, where);
            }
            throw notSerializable(where, found == null ? e.toString() : found, e);
        }
    }

    /**
     * The same, unless there are more than {@code maxBytes} of them: then null, as soon as that is
     * known.
     */
    public static byte[] writeAtMost(Object value, String where, int maxBytes) {
        LimitedBytes bytes = new LimitedBytes(maxBytes);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            if (bytes.isExceeded()) {
                return null;
            }
            throw notSerializable(where, e.toString(), e);
        }
    }

    private static byte[] writeAgain(Object function, String where) {
        try {
            return bytes(function);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw notSerializable(where, e.toString(), e);
        }
    }

    private static MillraceException notSerializable(String where, String what, Throwable e) {
        return new MillraceException(ErrorCode.FUNCTION_NOT_SERIALIZABLE, where + ": " + what, e);
    }

    private static byte[] bytes(Object function) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(function);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param loader of the user's classes
     * @param type what the bytes must be
     * @throws MillraceException {@code NOT_PERMITTED} if the bytes name a class that functions do
     *     not need, {@code PROGRAM_INVALID} if a class is missing or of another version
     */
    public static <T> T read(byte[] bytes, ClassLoader loader, Class<T> type) {
        SerializationFilter filter = new SerializationFilter(bytes.length);
        try (ObjectInputStream in =
                new UserObjectInputStream(new ByteArrayInputStream(bytes), loader)) {
            in.setObjectInputFilter(filter);
            return type.cast(in.readObject());
        } catch (ClassNotFoundException | IOException | RuntimeException | LinkageError e) {
            if (filter.rejected() != null) {
                throw new MillraceException(
                        ErrorCode.NOT_PERMITTED,
                        filter.rejected()
                                + " is not read from a serialized "
                                + type.getSimpleName()
                                + ". Make the field that holds it transient and create it in"
                                + " open().",
                        e);
            }
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "a serialized "
                            + type.getSimpleName()
                            + " of "
                            + bytes.length
                            + " bytes cannot be read: "
                            + e
                            + ". Use the same jar for submitting and running.",
                    e);
        }
    }

    /** Finds classes in the user's class loader. */
    private static final class UserObjectInputStream extends ObjectInputStream {
        private final ClassLoader loader;

        UserObjectInputStream(InputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description)
                throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description); // primitives
            }
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces)
                throws IOException, ClassNotFoundException {
            throw new IOException("proxies are not read: " + String.join(", ", interfaces));
        }
    }
}
