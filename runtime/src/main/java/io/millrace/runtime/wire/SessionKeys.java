package io.millrace.runtime.wire;

/**
 * The keys of one connection, one per direction. Never printed.
 *
 * @param sending signs what this side sends
 * @param receiving checks what it receives
 */
record SessionKeys(byte[] sending, byte[] receiving) {
    @Override
    public String toString() {
        return "SessionKeys[hidden]";
    }
}
