package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.serde.WrittenSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * One value as bytes that say what they are. Immutable.
 *
 * <pre>
 * 0    magic, 4 bytes
 * 4    int version, 1
 * 8    int n, length of the body
 * 12   body: varint length and written schema, value
 * 12+n int CRC32C of all before
 * </pre>
 *
 * <p>The body carries its own names and types: a later release may add components to the records
 * (their constructors must accept null or zero for them) without a new version.
 */
final class Envelope<T> {
    static final int VERSION = 1;

    /** A checkpoint of a thousand workers is well below; beyond this a length is damage. */
    static final int MAX_BYTES = 256 << 20;

    private static final int HEADER_BYTES = 12;
    private static final int AROUND_BYTES = HEADER_BYTES + 4;
    private static final int FIRST_BYTES = 4096;

    private final int magic;
    private final String what;
    private final Class<T> type;
    private final Serializer<T> serializer;
    private final byte[] schema;

    /**
     * @param what it is, for messages: {@code "the manifest of a checkpoint"}
     */
    Envelope(int magic, String what, Class<T> type) {
        this.magic = magic;
        this.what = what;
        this.type = type;
        this.serializer = Serializers.ofSealed(type);
        this.schema = WrittenSchema.of(serializer).toBytes();
    }

    /**
     * @throws MillraceException {@code STORAGE_FAILED} if the value is too large
     */
    byte[] encode(T value) {
        BinaryWriter body = new BinaryWriter(FIRST_BYTES);
        body.writeByteArray(schema);
        serializer.write(value, body);
        if (body.size() > MAX_BYTES - AROUND_BYTES) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    what
                            + " would have "
                            + body.size()
                            + " bytes, at most "
                            + MAX_BYTES
                            + " are allowed. Is a source's or a sink's own state that large?");
        }
        ByteBuffer bytes = ByteBuffer.allocate(AROUND_BYTES + body.size());
        bytes.putInt(magic).putInt(VERSION).putInt(body.size());
        bytes.put(body.array(), 0, body.size());
        return bytes.putInt(crc(bytes.array(), bytes.position())).array();
    }

    /** The bytes of a file as far as its header says, and one more if there is one. */
    byte[] read(InputStream in, Object where) throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        long length = checkHeader(header, where);
        byte[] rest = in.readNBytes((int) (length - HEADER_BYTES + 1));
        byte[] bytes = Arrays.copyOf(header, HEADER_BYTES + rest.length);
        System.arraycopy(rest, 0, bytes, HEADER_BYTES, rest.length);
        return bytes;
    }

    /** Whether what can be read is the begin of one, and no more. */
    boolean endsEarly(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length >= 4 && ByteBuffer.wrap(header).getInt(0) != magic) {
            return false;
        }
        if (header.length < HEADER_BYTES) {
            return true;
        }
        long rest = (long) AROUND_BYTES - HEADER_BYTES + ByteBuffer.wrap(header).getInt(8);
        return rest > 0 && rest <= MAX_BYTES && in.readNBytes((int) rest).length < rest;
    }

    /**
     * @param where names the file in messages
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; {@code CHECKPOINT_INCOMPATIBLE} if
     *     a newer release has written it
     */
    T decode(byte[] bytes, Object where) {
        long length = checkHeader(bytes, where);
        if (length != bytes.length) {
            throw Damage.of(
                    where
                            + " is "
                            + (bytes.length < length ? bytes.length : "more than " + length)
                            + " bytes, its header says "
                            + length);
        }
        int crc = ByteBuffer.wrap(bytes).getInt(bytes.length - 4);
        int found = crc(bytes, bytes.length - 4);
        if (crc != found) {
            throw Damage.of(
                    String.format("%s has the checksum %08x, %08x was written", where, found, crc));
        }
        BinaryReader body = new BinaryReader(bytes, HEADER_BYTES, bytes.length - AROUND_BYTES);
        try {
            return body.readWhole(readerOf(body.readByteArray()));
        } catch (CorruptDataException e) {
            throw Damage.of(
                    where + " is not " + what + ": its content is wrong, " + e.getMessage(), e);
        } catch (MillraceException e) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    where
                            + " cannot be read by this release: "
                            + e.getMessage()
                            + " Use the release that wrote it, or a later one.",
                    e);
        }
    }

    private Serializer<T> readerOf(byte[] written) {
        return Arrays.equals(written, schema)
                ? serializer
                : Serializers.ofSealed(type, WrittenSchema.parse(written));
    }

    /** The length of the whole that the header says. */
    private long checkHeader(byte[] bytes, Object where) {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length >= 4 && header.getInt(0) != magic) {
            throw Damage.of(
                    where
                            + " is not "
                            + what
                            + ": it begins with "
                            + HexFormat.of().formatHex(bytes, 0, 4));
        }
        if (bytes.length < HEADER_BYTES) {
            throw Damage.of(where + " ends after " + bytes.length + " bytes, within its header");
        }
        int version = header.getInt(4);
        if (version > VERSION) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    where
                            + " has version "
                            + version
                            + ", this release reads up to version "
                            + VERSION
                            + ". Use the release that wrote it, or a later one.");
        }
        int length = header.getInt(8);
        if (version < 1 || length < 1 || length > MAX_BYTES - AROUND_BYTES) {
            throw Damage.of(
                    where + " has version " + version + " and a body of " + length + " bytes");
        }
        return (long) AROUND_BYTES + length;
    }

    static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
