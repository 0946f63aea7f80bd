package io.millrace.api.error;

import java.util.concurrent.CompletableFuture;

/** Checks of arguments and states that throw if they do not hold. Pure. */
public final class Preconditions {
    private Preconditions() {}

    public static <T> T checkNotNull(T reference) {
        if (reference == null) {
            throw new NullPointerException();
        }
        return reference;
    }

    public static <T> T checkNotNull(T reference, String errorMessage) {
        if (reference == null) {
            throw new NullPointerException(String.valueOf(errorMessage));
        }
        return reference;
    }

    /**
     * @param errorMessageTemplate each {@code %s} in it stands for one of the arguments
     */
    public static <T> T checkNotNull(
            T reference, String errorMessageTemplate, Object... errorMessageArgs) {
        if (reference == null) {
            throw new NullPointerException(filled(errorMessageTemplate, errorMessageArgs));
        }
        return reference;
    }

    public static void checkArgument(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException();
        }
    }

    public static void checkArgument(boolean condition, Object errorMessage) {
        if (!condition) {
            throw new IllegalArgumentException(String.valueOf(errorMessage));
        }
    }

    /**
     * @param errorMessageTemplate each {@code %s} in it stands for one of the arguments
     */
    public static void checkArgument(
            boolean condition, String errorMessageTemplate, Object... errorMessageArgs) {
        if (!condition) {
            throw new IllegalArgumentException(filled(errorMessageTemplate, errorMessageArgs));
        }
    }

    public static void checkState(boolean condition) {
        if (!condition) {
            throw new IllegalStateException();
        }
    }

    public static void checkState(boolean condition, Object errorMessage) {
        if (!condition) {
            throw new IllegalStateException(String.valueOf(errorMessage));
        }
    }

    /**
     * @param errorMessageTemplate each {@code %s} in it stands for one of the arguments
     */
    public static void checkState(
            boolean condition, String errorMessageTemplate, Object... errorMessageArgs) {
        if (!condition) {
            throw new IllegalStateException(filled(errorMessageTemplate, errorMessageArgs));
        }
    }

    public static void checkElementIndex(int index, int size) {
        checkElementIndex(index, size, "index");
    }

    /**
     * @param errorMessage begins the message, which then says index and size
     */
    public static void checkElementIndex(int index, int size, String errorMessage) {
        checkArgument(size >= 0, "Size was negative.");
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(
                    errorMessage + ": " + index + " is not in [0, " + size + ")");
        }
    }

    /** Throws if {@code future} has not completed, normally or not. */
    public static void checkCompletedNormally(CompletableFuture<?> future) {
        checkState(future.isDone(), "The future has not completed yet.");
        if (future.isCompletedExceptionally()) {
            try {
                future.join();
            } catch (RuntimeException e) {
                throw new IllegalStateException("The future completed exceptionally.", e);
            }
        }
    }

    /** Arguments beyond the places follow in brackets, so that none is lost. */
    private static String filled(String template, Object... arguments) {
        String text = String.valueOf(template);
        StringBuilder filled = new StringBuilder(text.length() + 16 * arguments.length);
        int from = 0;
        int used = 0;
        while (used < arguments.length) {
            int place = text.indexOf("%s", from);
            if (place < 0) {
                break;
            }
            filled.append(text, from, place).append(arguments[used]);
            used++;
            from = place + 2;
        }
        filled.append(text, from, text.length());
        for (int i = used; i < arguments.length; i++) {
            filled.append(i == used ? " [" : ", ").append(arguments[i]);
        }
        return used < arguments.length ? filled.append(']').toString() : filled.toString();
    }
}
