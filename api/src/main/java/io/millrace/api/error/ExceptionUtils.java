package io.millrace.api.error;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * Looks through causes, and throws on. Stateless.
 *
 * <p>What a function threw in a worker is found here by its class, if the class is here and the
 * exception could be serialized; else a {@link SerializedThrowable} stands for it, which is found
 * by its message.
 */
public final class ExceptionUtils {
    /** What {@link #stringifyException} says of null. */
    public static final String STRINGIFIED_NULL_EXCEPTION = "(null)";

    private ExceptionUtils() {}

    /** The stack trace with all causes, as it is printed. */
    public static String stringifyException(Throwable e) {
        if (e == null) {
            return STRINGIFIED_NULL_EXCEPTION;
        }
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** The first of a class, from the outermost to the root. */
    public static <T extends Throwable> Optional<T> findThrowable(
            Throwable throwable, Class<T> searchType) {
        return findThrowable(throwable, searchType::isInstance).map(searchType::cast);
    }

    /** The first that the predicate accepts, from the outermost to the root. */
    public static Optional<Throwable> findThrowable(
            Throwable throwable, Predicate<Throwable> predicate) {
        // Causes may be a circle.
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = throwable;
                cause != null && seen.add(cause);
                cause = cause.getCause()) {
            if (predicate.test(cause)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }

    /** The first whose message has the text in it, from the outermost to the root. */
    public static Optional<Throwable> findThrowableWithMessage(
            Throwable throwable, String searchMessage) {
        return findThrowable(
                throwable,
                cause -> cause.getMessage() != null && cause.getMessage().contains(searchMessage));
    }

    /**
     * The first of a class, from the outermost to the root. What came from another process has been
     * deserialized already, so this is {@link #findThrowable(Throwable, Class)}.
     *
     * @param classLoader not needed
     */
    public static <T extends Throwable> Optional<T> findThrowableSerializedAware(
            Throwable throwable, Class<T> searchType, ClassLoader classLoader) {
        return findThrowable(throwable, searchType);
    }

    /** The first that the predicate accepts; if there is none, the exception is thrown. */
    public static <T extends Throwable> void assertThrowable(
            T throwable, Predicate<Throwable> predicate) throws T {
        if (findThrowable(throwable, predicate).isEmpty()) {
            throw throwable;
        }
    }

    /** The first of a class is there; if there is none, the exception is thrown. */
    public static <T extends Throwable, E extends Throwable> void assertThrowable(
            T throwable, Class<E> searchType) throws T {
        assertThrowable(throwable, searchType::isInstance);
    }

    /** The same for a message. */
    public static <T extends Throwable> void assertThrowableWithMessage(
            T throwable, String searchMessage) throws T {
        if (findThrowableWithMessage(throwable, searchMessage).isEmpty()) {
            throw throwable;
        }
    }

    /** Without the exceptions that only say that a future failed. */
    public static Throwable stripCompletionException(Throwable throwable) {
        return strip(throwable, CompletionException.class);
    }

    /** Without the exceptions that only say that a future failed. */
    public static Throwable stripExecutionException(Throwable throwable) {
        return strip(throwable, ExecutionException.class);
    }

    private static Throwable strip(Throwable throwable, Class<? extends Throwable> wrapping) {
        Throwable inner = throwable;
        while (wrapping.isInstance(inner) && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /**
     * The earlier of two failures, which remembers the later one.
     *
     * @param previous null if there was none
     */
    public static <T extends Throwable> T firstOrSuppressed(T newException, T previous) {
        if (previous == null || previous == newException) {
            return newException;
        }
        previous.addSuppressed(newException);
        return previous;
    }

    /** Throws it as it is, or, if it is checked, in a {@code RuntimeException}. */
    public static void rethrow(Throwable t) {
        rethrow(t, t.getMessage());
    }

    /**
     * Throws it as it is, or, if it is checked, in a {@code RuntimeException}.
     *
     * @param parentMessage of that exception
     */
    public static void rethrow(Throwable t, String parentMessage) {
        if (t instanceof Error error) {
            throw error;
        }
        if (t instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new RuntimeException(parentMessage, t);
    }

    /** Throws it as it is, or, if it is neither, in an {@code Exception}. */
    public static void rethrowException(Throwable t) throws Exception {
        rethrowException(t, t.getMessage());
    }

    /**
     * Throws it as it is, or, if it is neither, in an {@code Exception}.
     *
     * @param parentMessage of that exception
     */
    public static void rethrowException(Throwable t, String parentMessage) throws Exception {
        if (t instanceof Error error) {
            throw error;
        }
        if (t instanceof Exception exception) {
            throw exception;
        }
        throw new Exception(parentMessage, t);
    }
}
