package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;

/** Pointers as bytes, in an {@link Envelope} with the magic {@code MRCP}. Stateless. */
public final class PointerCodec {
    private static final Envelope<Pointer> ENVELOPE =
            new Envelope<>(0x4D524350, "the pointer to the checkpoints of a job", Pointer.class);

    private PointerCodec() {}

    public static byte[] encode(Pointer pointer) {
        return ENVELOPE.encode(pointer);
    }

    /**
     * @param where names the file or node in messages
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; {@code CHECKPOINT_INCOMPATIBLE} if
     *     a newer release has written it
     */
    public static Pointer decode(byte[] bytes, Object where) {
        return ENVELOPE.decode(bytes, where);
    }
}
