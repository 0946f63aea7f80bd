package io.millrace.hdfs;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of one journal file: a list of entries. Pure.
 *
 * <pre>
 * 0   magic            "MRJ1"
 * 4   payload length   int, bytes
 * 8   payload CRC32C   int
 * 12  header CRC32C    int, of the 12 bytes before
 * 16  payload: entry count int, then for each entry: length int, bytes
 * </pre>
 */
final class JournalFile {
    static final int HEADER_BYTES = 16;

    /** An entry is a job graph at most; beyond this a length is damage. */
    static final int MAX_PAYLOAD_BYTES = 256 << 20;

    private static final int MAGIC = 0x4D524A31;

    private JournalFile() {}

    static byte[] encode(List<byte[]> entries) {
        long payloadBytes = 4;
        for (byte[] entry : entries) {
            payloadBytes += 4 + entry.length;
        }
        if (payloadBytes > MAX_PAYLOAD_BYTES) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "a journal file of "
                            + payloadBytes
                            + " bytes is larger than "
                            + MAX_PAYLOAD_BYTES
                            + ". Make the functions of the job smaller: large data belongs in"
                            + " files.");
        }
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + (int) payloadBytes);
        file.position(HEADER_BYTES);
        file.putInt(entries.size());
        for (byte[] entry : entries) {
            file.putInt(entry.length).put(entry);
        }
        file.putInt(0, MAGIC).putInt(4, (int) payloadBytes);
        file.putInt(8, crc(file.array(), HEADER_BYTES, (int) payloadBytes));
        file.putInt(12, crc(file.array(), 0, 12));
        return file.array();
    }

    /**
     * The entries; empty if the file is torn, that is, ends before its time.
     *
     * @param where names the file in messages
     * @throws MillraceException {@code STORAGE_FAILED} if it is damaged: whole, but not as written
     */
    static Optional<List<byte[]>> decode(byte[] bytes, Object where) {
        if (bytes.length < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer file = ByteBuffer.wrap(bytes);
        int payloadBytes = file.getInt(4);
        if (file.getInt(0) != MAGIC || file.getInt(12) != crc(bytes, 0, 12)) {
            throw damaged(where, "its header is not as written");
        }
        if (payloadBytes < 4 || payloadBytes > MAX_PAYLOAD_BYTES) {
            throw damaged(where, "its header says " + payloadBytes + " bytes");
        }
        if (bytes.length < HEADER_BYTES + payloadBytes) {
            return Optional.empty();
        }
        if (bytes.length > HEADER_BYTES + payloadBytes) {
            throw damaged(
                    where,
                    "it is "
                            + bytes.length
                            + " bytes, its header says "
                            + (HEADER_BYTES + payloadBytes));
        }
        if (file.getInt(8) != crc(bytes, HEADER_BYTES, payloadBytes)) {
            throw damaged(where, "its checksum differs");
        }
        file.position(HEADER_BYTES);
        try {
            int count = file.getInt();
            List<byte[]> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] entry = new byte[file.getInt()];
                file.get(entry);
                entries.add(entry);
            }
            return Optional.of(entries);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw damaged(where, "its entries do not fill it");
        }
    }

    static MillraceException damaged(Object where, String how) {
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "journal file "
                        + where
                        + " is damaged: "
                        + how
                        + ". The application cannot tell what it had promised. Check the DataNodes'"
                        + " logs and 'hdfs fsck' for the file, then submit the job again.");
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
