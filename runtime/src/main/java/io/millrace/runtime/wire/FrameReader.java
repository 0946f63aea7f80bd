package io.millrace.runtime.wire;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Cuts the bytes of a connection into frames; copies each byte once, from the network buffer into
 * the array that the listener will own. Confined to the connection's network thread.
 *
 * <pre>
 *  | length 4, big endian | tag 16, control only | payload |        length 0 says goodbye
 * </pre>
 */
final class FrameReader {
    private static final int LENGTH_BYTES = 4;
    private static final byte[] NOTHING = new byte[0];

    private final int maxFrameBytes;
    private final FrameSeal seal;
    private final byte[] head;
    private int headFilled;
    private byte[] payload;
    private int payloadFilled;

    /** Takes the frames in their order. */
    interface Sink {
        void frame(byte[] payload);

        void goodbye();
    }

    /**
     * @param seal checks each frame; null if frames carry no tag
     */
    FrameReader(int maxFrameBytes, FrameSeal seal) {
        this.maxFrameBytes = maxFrameBytes;
        this.seal = seal;
        this.head = new byte[LENGTH_BYTES + (seal == null ? 0 : FrameSeal.TAG_BYTES)];
    }

    /** Reads all of {@code bytes}; throws if a frame is too long or does not verify. */
    void read(ByteBuf bytes, Sink sink) throws IOException {
        while (bytes.isReadable()) {
            if (payload == null) {
                headFilled += fill(bytes, head, headFilled);
                if (headFilled < head.length) {
                    return;
                }
                payload = newPayload();
            }
            payloadFilled += fill(bytes, payload, payloadFilled);
            if (payloadFilled == payload.length) {
                deliver(sink);
            }
        }
    }

    private static int fill(ByteBuf from, byte[] to, int filled) {
        int length = Math.min(to.length - filled, from.readableBytes());
        from.readBytes(to, filled, length);
        return length;
    }

    private byte[] newPayload() throws IOException {
        int length =
                (head[0] & 0xFF) << 24
                        | (head[1] & 0xFF) << 16
                        | (head[2] & 0xFF) << 8
                        | head[3] & 0xFF;
        if (length < 0 || length > maxFrameBytes) {
            throw new IOException(
                    "a frame of "
                            + Integer.toUnsignedString(length)
                            + " bytes; at most "
                            + maxFrameBytes
                            + " are allowed");
        }
        return length == 0 ? NOTHING : new byte[length];
    }

    private void deliver(Sink sink) throws IOException {
        byte[] whole = payload;
        payload = null;
        payloadFilled = 0;
        headFilled = 0;
        if (seal != null) {
            byte[] tag = java.util.Arrays.copyOfRange(head, LENGTH_BYTES, head.length);
            if (!seal.verifyNext(whole, tag)) {
                throw new IOException(
                        "frame "
                                + (seal.count() - 1)
                                + " does not verify: it was changed, repeated or moved on its way");
            }
        }
        if (whole.length == 0) {
            sink.goodbye();
        } else {
            sink.frame(whole);
        }
    }
}
