package io.millrace.connector.orc.writer;

/** Counts the bytes that a batch holds, roughly. Confined to its task. */
final class HeldBytes {
    private long bytes;

    void add(long more) {
        bytes += more;
    }

    void clear() {
        bytes = 0;
    }

    long bytes() {
        return bytes;
    }
}
