package io.millrace.runtime.message;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;

/**
 * Messages as bytes. Stateless; any thread.
 *
 * <pre>
 * message := int hash of the family's names and types, value
 * </pre>
 */
public final class MessageCodec {
    private static final Serializer<Message> SERIALIZER = Serializers.ofSealed(Message.class);
    private static final int HASH = SERIALIZER.schema().hash();
    private static final int INITIAL_BYTES = 256;

    private MessageCodec() {}

    public static byte[] encode(Message message) {
        BinaryWriter out = new BinaryWriter(INITIAL_BYTES);
        out.writeInt(HASH);
        SERIALIZER.write(message, out);
        return out.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MillraceException {@code VERSION_MISMATCH} if the sender's messages are not ours
     * @throws CorruptDataException if the bytes are no message
     */
    public static Message decode(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        int hash = in.readInt();
        if (hash != HASH) {
            throw new MillraceException(
                    ErrorCode.VERSION_MISMATCH,
                    String.format(
                            "the peer speaks another version: its messages have the form %08x, ours"
                                    + " %08x. Use the same Millrace for client, application master"
                                    + " and workers.",
                            hash, HASH));
        }
        return in.readWhole(SERIALIZER);
    }
}
