package io.millrace.coordinator.journal;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import java.util.ArrayList;
import java.util.List;

/**
 * Journal entries as bytes. Stateless; any thread.
 *
 * <pre>
 * entry := int hash of the family's names and types, value
 * </pre>
 *
 * <p>A journal lives as long as its application, whose processes all run the same version: an entry
 * of another form is an error, not something to migrate.
 */
public final class JournalCodec {
    private static final Serializer<JournalEntry> SERIALIZER =
            Serializers.ofSealed(JournalEntry.class);
    private static final int HASH = SERIALIZER.schema().hash();
    private static final int INITIAL_BYTES = 1024;

    private JournalCodec() {}

    public static byte[] encode(JournalEntry entry) {
        BinaryWriter out = new BinaryWriter(INITIAL_BYTES);
        out.writeInt(HASH);
        SERIALIZER.write(entry, out);
        return out.toByteArray();
    }

    /**
     * @throws MillraceException {@code VERSION_MISMATCH} if another version wrote the entry
     * @throws CorruptDataException if the bytes are no entry
     */
    public static JournalEntry decode(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        int hash = in.readInt();
        if (hash != HASH) {
            throw new MillraceException(
                    ErrorCode.VERSION_MISMATCH,
                    String.format(
                            "a journal entry of %d bytes has the form %08x, this version's is %08x."
                                    + " All attempts of an application run the same version of"
                                    + " Millrace; check its library directory.",
                            bytes.length, hash, HASH));
        }
        return in.readWhole(SERIALIZER);
    }

    /** Decodes what {@link JournalStore#readAll} gave, in its order. */
    public static List<JournalEntry> decodeAll(List<byte[]> entries) {
        List<JournalEntry> decoded = new ArrayList<>(entries.size());
        entries.forEach(entry -> decoded.add(decode(entry)));
        return decoded;
    }
}
