package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.CheckpointDirectory.Place;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The first bytes of a file of segments: they say of which checkpoint it is, so that files that
 * were swapped are noticed. Pure.
 *
 * <pre>
 * 0   magic "MRSG"
 * 4   int version: 1, or 2 if segments are packed ({@link PackedBlocks})
 * 8   job id, 16 bytes
 * 24  long epoch
 * 32  long checkpoint id
 * 40  int CRC32C of the 40 bytes before
 * 44  the first segment
 * </pre>
 */
final class SegmentHeader {
    static final int BYTES = 44;

    /** Segments are the bytes themselves; every release reads it. */
    static final int PLAIN = 1;

    static final int PACKED = 2;

    private static final int MAGIC = 0x4D525347;
    private static final int CHECKED = 40;

    private SegmentHeader() {}

    static byte[] encode(Place place, boolean packed) {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        header.putInt(MAGIC).putInt(packed ? PACKED : PLAIN);
        header.put(HexFormat.of().parseHex(place.jobId().hex()));
        header.putLong(place.epoch()).putLong(place.checkpointId());
        return header.putInt(crc(header.array())).array();
    }

    /**
     * @param bytes as many as there are, at most {@link #BYTES}
     * @return whether its segments are packed
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}, or {@code CHECKPOINT_INCOMPATIBLE}
     *     if a newer release has written the file
     */
    static boolean check(byte[] bytes, Place place) {
        if (bytes.length < BYTES) {
            throw Damage.of(
                    place.path() + " ends after " + bytes.length + " bytes, within its header");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (header.getInt(0) != MAGIC) {
            throw Damage.of(
                    place.path()
                            + " is no file of a checkpoint: it begins with "
                            + HexFormat.of().formatHex(bytes, 0, 4));
        }
        if (header.getInt(CHECKED) != crc(bytes)) {
            throw Damage.of("the checksum of the header of " + place.path() + " differs");
        }
        int version = header.getInt(4);
        if (version != PLAIN && version != PACKED) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    place.path()
                            + " has version "
                            + version
                            + ", this release reads versions up to "
                            + PACKED
                            + ". Use the release that wrote it, or a later one.");
        }
        String jobId = HexFormat.of().formatHex(bytes, 8, 24);
        long epoch = header.getLong(24);
        long checkpointId = header.getLong(32);
        if (!jobId.equals(place.jobId().hex())
                || epoch != place.epoch()
                || checkpointId != place.checkpointId()) {
            throw Damage.of(
                    place.path()
                            + " is a file of checkpoint "
                            + checkpointId
                            + " in epoch "
                            + epoch
                            + " of job "
                            + jobId
                            + ": it is at the wrong place");
        }
        return version == PACKED;
    }

    private static int crc(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, CHECKED);
        return (int) crc.getValue();
    }
}
