package io.millrace.runtime.serde;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * Java serialization of one throwable that user code threw, without the throwables that it refers
 * to: those are written as numbers, so that one that cannot be written or read costs only itself.
 * Stateless; any thread.
 *
 * <p>Reading goes through {@link SerializationFilter}, which lets Java's own throwables through
 * besides what functions need.
 */
public final class ThrowableSerialization {
    /** A message of more characters is cut; the throwable is still of its class. */
    private static final int MAX_STRING_CHARS = 16 << 10;

    private ThrowableSerialization() {}

    /**
     * The bytes of a throwable.
     *
     * @param numbers of the throwables that it refers to
     * @param frames what to keep of a stack trace
     * @return null if it cannot be written, or not in {@code maxBytes}
     */
    public static byte[] write(
            Throwable thrown,
            ToIntFunction<Throwable> numbers,
            UnaryOperator<StackTraceElement[]> frames,
            int maxBytes) {
        LimitedBytes bytes = new LimitedBytes(maxBytes);
        try (ThrowableOutput out = new ThrowableOutput(bytes, thrown, numbers, frames)) {
            out.writeObject(thrown);
            out.flush();
            return out.written ? bytes.toByteArray() : null;
        } catch (Throwable e) { // user code: writeObject of its fields
            return null;
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param loader of the user's classes
     * @param others by their numbers
     * @throws Exception what the user's code threw, or what is wrong with the bytes
     */
    public static Throwable read(byte[] bytes, ClassLoader loader, IntFunction<Throwable> others)
            throws Exception {
        try (ObjectInputStream in =
                new ThrowableInput(new ByteArrayInputStream(bytes), loader, others)) {
            in.setObjectInputFilter(SerializationFilter.ofThrowables(bytes.length));
            return (Throwable) in.readObject();
        }
    }

    /** In the place of another throwable. */
    private static final class Reference implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int number;

        Reference(int number) {
            this.number = number;
        }
    }

    private static final class ThrowableOutput extends ObjectOutputStream {
        private final Throwable thrown;
        private final ToIntFunction<Throwable> numbers;
        private final UnaryOperator<StackTraceElement[]> frames;
        private boolean written;

        ThrowableOutput(
                OutputStream out,
                Throwable thrown,
                ToIntFunction<Throwable> numbers,
                UnaryOperator<StackTraceElement[]> frames)
                throws IOException {
            super(out);
            this.thrown = thrown;
            this.numbers = numbers;
            this.frames = frames;
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            if (object == thrown) {
                written = true;
                return object;
            }
            if (object instanceof Throwable other) {
                return new Reference(numbers.applyAsInt(other));
            }
            if (object instanceof StackTraceElement[] stack) {
                return frames.apply(stack);
            }
            return object instanceof String text && text.length() > MAX_STRING_CHARS
                    ? text.substring(0, MAX_STRING_CHARS) + "…"
                    : object;
        }
    }

    private static final class ThrowableInput extends ObjectInputStream {
        private final ClassLoader loader;
        private final IntFunction<Throwable> others;

        ThrowableInput(InputStream in, ClassLoader loader, IntFunction<Throwable> others)
                throws IOException {
            super(in);
            this.loader = loader;
            this.others = others;
            enableResolveObject(true);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description)
                throws ClassNotFoundException {
            if (description.getName().equals(Reference.class.getName())) {
                return Reference.class; // the user's loader does not see it
            }
            // Not by the stream's own search, which finds the engine's classes.
            return Class.forName(description.getName(), false, loader);
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
            throw new IOException("proxies are not read: " + String.join(", ", interfaces));
        }

        @Override
        protected Object resolveObject(Object object) {
            return object instanceof Reference reference ? others.apply(reference.number) : object;
        }
    }
}
