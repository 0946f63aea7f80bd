package io.millrace.runtime.wire;

/**
 * The receiving side of a connection. Called on a network thread, one call at a time; never waits.
 */
public interface ConnectionListener {
    /** A whole authenticated frame; the receiver owns the array. */
    void onFrame(byte[] frame);

    /**
     * There is room in the outbound queue again, after {@link DataConnection#isWritable} was false.
     */
    default void onWritable() {}

    /**
     * The last call.
     *
     * @param cause null if either side closed in an orderly way
     */
    void onClosed(Throwable cause);
}
