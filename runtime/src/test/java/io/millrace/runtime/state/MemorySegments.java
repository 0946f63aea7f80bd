package io.millrace.runtime.state;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** Files of checkpoints in memory. Confined to the test. */
public final class MemorySegments implements SegmentSource {
    private final Map<String, ByteArrayOutputStream> files = new HashMap<>();
    private long written;
    private int opened;

    /** The file of a checkpoint, which must be new. */
    public SegmentOutput file(String name) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        if (files.putIfAbsent(name, file) != null) {
            throw new IllegalArgumentException(name + " is there already");
        }
        return body -> {
            long offset = file.size();
            body.writeTo(file);
            int length = (int) (file.size() - offset);
            written += length;
            return new SegmentRef(name, offset, length, crc(file.toByteArray(), offset, length));
        };
    }

    private static int crc(byte[] bytes, long offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, (int) offset, length);
        return (int) crc.getValue();
    }

    @Override
    public InputStream open(SegmentRef segment) throws IOException {
        opened++;
        ByteArrayOutputStream file = files.get(segment.file());
        if (file == null) {
            throw new IOException(segment.file() + " is not there");
        }
        byte[] bytes = file.toByteArray();
        if (segment.end() > bytes.length
                || crc(bytes, segment.offset(), (int) segment.length()) != segment.crc32c()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    segment.file() + " at " + segment.offset() + " is not what was written");
        }
        return new ByteArrayInputStream(bytes, (int) segment.offset(), (int) segment.length());
    }

    /** Flips one bit. */
    public void damage(SegmentRef segment, int index) {
        byte[] bytes = files.get(segment.file()).toByteArray();
        bytes[(int) segment.offset() + index] ^= 1;
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        damaged.writeBytes(bytes);
        files.put(segment.file(), damaged);
    }

    public void delete(String file) {
        files.remove(file);
    }

    /** Bytes of all segments so far. */
    public long written() {
        return written;
    }

    /** Segments that were read so far. */
    public int opened() {
        return opened;
    }
}
