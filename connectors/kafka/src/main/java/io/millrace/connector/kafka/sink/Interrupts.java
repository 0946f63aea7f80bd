package io.millrace.connector.kafka.sink;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Calls that wait, where only I/O errors may be thrown. */
final class Interrupts {
    private Interrupts() {}

    /** A call that may be interrupted. */
    @FunctionalInterface
    interface Waiting<T> {
        T call() throws IOException, InterruptedException;
    }

    /** The same, but an interrupt keeps its flag and is an I/O error. */
    static <T> T wrapped(Waiting<T> call) throws IOException {
        try {
            return call.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException wrapped = new InterruptedIOException(e.getMessage());
            wrapped.initCause(e);
            throw wrapped;
        }
    }
}
