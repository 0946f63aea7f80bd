package io.millrace.api.collect;

/**
 * The bytes between a collecting sink and its server; numbers are big-endian ints.
 *
 * <pre>
 * sink:    magic  token (32 bytes)  subtask  attempt   frame*  0
 * frame:   length of what follows, at least 1: (length of a record, its bytes)*
 * server:  1 byte, when the end of the sink has been taken over
 * </pre>
 */
final class CollectProtocol {
    static final int MAGIC = 0x4d524331;
    static final int TOKEN_BYTES = 32;
    static final int END = 0;
    static final int TAKEN_OVER = 1;

    /** A frame is sent when it has reached this size; a single record may make it larger. */
    static final int FRAME_BYTES = 64 << 10;

    /** Larger frames are a mistake of the sender. */
    static final int MAX_FRAME_BYTES = 256 << 20;

    static final int CONNECT_TIMEOUT_MS = 10_000;

    private CollectProtocol() {}
}
