package io.millrace.runtime.checkpoint;

/**
 * A run of bytes in a file of a checkpoint. Immutable.
 *
 * @param file relative to the directory of the job's checkpoints, with {@code /}; or absolute, if
 *     the file belongs to another job's
 * @param offset in bytes, of the first one
 * @param length in bytes, at least 1
 * @param crc32c of the bytes
 */
public record SegmentRef(String file, long offset, long length, int crc32c) {
    public SegmentRef {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException(
                    "segment of " + file + " at " + offset + " with " + length + " bytes");
        }
    }

    SegmentRef withFile(String name) {
        return new SegmentRef(name, offset, length, crc32c);
    }

    /** The first byte behind it. */
    public long end() {
        return offset + length;
    }
}
