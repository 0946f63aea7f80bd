package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.PassingSegment;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.serde.BinaryWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.zip.CRC32C;

/**
 * A local file in which segments wait for whoever reads them, each once; then its room is used
 * again, so that the file is as long as what waits. One thread adds and closes, any read.
 */
/* Where readers keep up it is a few segments in the page cache, always the same pages: one that is written for
 * the first time can cost as much as copying the rows in it. In the heap the same would be large objects beside
 * the state. */
final class PassingFile implements AutoCloseable {
    private static final int SLOT_BYTES = SegmentBuffers.BYTES;

    /** A channel copies what it is given into memory of its own: so much at a time. */
    private static final int CHUNK_BYTES = 256 << 10;

    private final Path path;
    private final SnapshotPace.Step step;
    private final SegmentBuffers buffers;
    private FileChannel channel; // null before the first segment

    private final BitSet used = new BitSet(); // slots; guarded by this

    /**
     * @param path made with its directories when it is needed, never over another one
     * @param step told of each segment
     */
    PassingFile(Path path, SnapshotPace.Step step, SegmentBuffers buffers) {
        this.path = path;
        this.step = step;
        this.buffers = buffers;
    }

    /**
     * Writes a segment.
     *
     * @param full at least one byte; the caller's again afterwards
     */
    PassingSegment add(BinaryWriter full, int firstKeyGroup, int lastKeyGroup) throws IOException {
        if (channel == null) {
            Files.createDirectories(path.getParent());
            channel =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
        }
        int length = full.size();
        int slot = take(slots(length));
        ByteBuffer bytes = ByteBuffer.wrap(full.array());
        long start = (long) slot * SLOT_BYTES;
        for (int done = 0; done < length; ) {
            bytes.limit(Math.min(length, done + CHUNK_BYTES)).position(done);
            done += channel.write(bytes, start + done);
        }
        step.worked();
        return new Waiting(slot, length, crc(full.array(), length), firstKeyGroup, lastKeyGroup);
    }

    private static int slots(int length) {
        return (length + SLOT_BYTES - 1) / SLOT_BYTES;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** The first of so many slots side by side. */
    private synchronized int take(int count) {
        int from = used.nextClearBit(0);
        int end = used.nextSetBit(from);
        while (end >= 0 && end - from < count) {
            from = used.nextClearBit(end);
            end = used.nextSetBit(from);
        }
        used.set(from, from + count);
        return from;
    }

    private synchronized void letGo(int slot, int count) {
        used.clear(slot, slot + count);
    }

    /** Nobody reads any more. The file stays. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** A segment that was added. */
    private final class Waiting implements PassingSegment {
        private final int slot;
        private final int length;
        private final int crc;
        private final int firstKeyGroup;
        private final int lastKeyGroup;

        Waiting(int slot, int length, int crc, int firstKeyGroup, int lastKeyGroup) {
            this.slot = slot;
            this.length = length;
            this.crc = crc;
            this.firstKeyGroup = firstKeyGroup;
            this.lastKeyGroup = lastKeyGroup;
        }

        @Override
        public int firstKeyGroup() {
            return firstKeyGroup;
        }

        @Override
        public int lastKeyGroup() {
            return lastKeyGroup;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public void read(Reader reader) throws IOException {
            byte[] buffer = buffers.take(length);
            try {
                fill(buffer);
                letGo(slot, slots(length));
                reader.read(buffer, length);
            } finally {
                buffers.giveBack(buffer);
            }
        }

        private void fill(byte[] buffer) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(buffer);
            long start = (long) slot * SLOT_BYTES;
            for (int done = 0; done < length; ) {
                bytes.limit(Math.min(length, done + CHUNK_BYTES)).position(done);
                int count = channel.read(bytes, start + done);
                if (count < 0) {
                    throw new EOFException(path + " ends at " + (start + done));
                }
                done += count;
            }
            if (crc(buffer, length) != crc) {
                throw new IOException(
                        String.format(
                                "%d bytes at %d of %s have the checksum %08x, %08x was written."
                                        + " Check this machine's disk.",
                                length, start, path, crc(buffer, length), crc));
            }
        }
    }
}
