package io.millrace.batch.sort;

import io.millrace.api.error.MillraceException;
import io.millrace.runtime.compress.BlockCompression;
import io.millrace.runtime.compress.BrokenBlockException;
import io.millrace.runtime.serde.CorruptDataException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.Executor;
import java.util.zip.CRC32C;

/**
 * Reads what {@link SpillWriter} wrote, and checks it. Confined to one thread; the block ahead is
 * read by another one if there is one, which the task that both share hands over.
 */
final class SpillReader extends EntryCursor implements Closeable {
    private static final BlockCompression[] COMPRESSIONS = BlockCompression.values();
    private static final int READ_AT_ONCE = 512 * 1024;

    private final SpilledRun run;
    private final ReadableByteChannel in;
    // Null: blocks are read when they are needed.
    private final Executor ahead;
    private final byte[] header = new byte[SpillWriter.HEADER_BYTES];
    private final byte[] stored;
    private final CRC32C checksum = new CRC32C();
    private long fileBytes;
    private long entriesLeft;
    private byte[] raw;
    private byte[] rawAhead;
    private Background<Integer> reading;
    private int position;
    private int filled;

    /**
     * @param ahead null to read blocks when they are needed
     * @throws MillraceException {@code STORAGE_FAILED} if the file is not there
     */
    static SpillReader open(SpillFiles files, SpilledRun run, Executor ahead) {
        SpillReader reader = new SpillReader(files, run, ahead);
        if (ahead != null) {
            reader.readAhead();
        }
        return reader;
    }

    private SpillReader(SpillFiles files, SpilledRun run, Executor ahead) {
        this.run = run;
        this.ahead = ahead;
        this.stored = new byte[run.maxStoredBytes()];
        this.raw = new byte[run.maxRawBytes()];
        this.rawAhead = ahead == null ? raw : new byte[run.maxRawBytes()];
        this.entriesLeft = run.entries();
        try {
            this.in = files.open(run.file());
        } catch (IOException e) {
            throw SpillFiles.notRead(run.file(), 0, "cannot be opened, " + e, e);
        }
    }

    /** Memory of a reader. */
    static long bytes(SpilledRun run, boolean ahead) {
        return (ahead ? 2L : 1L) * run.maxRawBytes() + run.maxStoredBytes();
    }

    @Override
    boolean advance() {
        if (position == filled && !nextBlock()) {
            return false;
        }
        try {
            long next = (long) SpillWriter.LONG.get(raw, position);
            at(next, raw, position + Long.BYTES);
            if (recordLength < 0 || end() > filled) {
                throw new CorruptDataException("an entry of " + recordLength + " bytes");
            }
        } catch (CorruptDataException | IndexOutOfBoundsException e) {
            throw broken("has a block with an entry that does not fit in it", e);
        }
        position = end();
        entriesLeft--;
        return true;
    }

    private boolean nextBlock() {
        if (ahead == null) {
            filled = readBlock(raw);
        } else {
            filled = reading.await();
            byte[] read = rawAhead;
            rawAhead = raw;
            raw = read;
            if (filled > 0) {
                readAhead();
            }
        }
        position = 0;
        if (filled == 0 && entriesLeft != 0) {
            throw broken("ends " + entriesLeft + " records too early", null);
        }
        return filled > 0;
    }

    private void readAhead() {
        byte[] target = rawAhead;
        reading = Background.start(ahead, () -> readBlock(target));
    }

    /** The bytes of the next block; 0 behind the last one. */
    private int readBlock(byte[] target) {
        read(header, SpillWriter.HEADER_BYTES);
        int storedBytes = (int) SpillWriter.INT.get(header, 0);
        int rawBytes = (int) SpillWriter.INT.get(header, 4);
        int kind = header[8];
        boolean plain = kind == BlockCompression.NONE.ordinal();
        checksum.reset();
        checksum.update(header, 0, SpillWriter.CHECKSUM_AT);
        if (storedBytes < 0
                || rawBytes < 0
                || rawBytes > target.length
                || kind < 0
                || kind >= COMPRESSIONS.length
                || (plain ? storedBytes != rawBytes : storedBytes > stored.length)) {
            throw broken("has a block of " + storedBytes + " bytes, raw " + rawBytes, null);
        }
        byte[] payload = plain ? target : stored;
        read(payload, storedBytes);
        checksum.update(payload, 0, storedBytes);
        if ((int) checksum.getValue()
                != (int) SpillWriter.INT.get(header, SpillWriter.CHECKSUM_AT)) {
            throw broken("has a block with a wrong checksum", null);
        }
        if (!plain) {
            try {
                COMPRESSIONS[kind].decompress(stored, 0, storedBytes, target, rawBytes);
            } catch (BrokenBlockException e) {
                throw broken("has a block that cannot be decompressed", e);
            }
        }
        fileBytes += SpillWriter.HEADER_BYTES + storedBytes;
        return rawBytes;
    }

    private void read(byte[] target, int length) {
        int done = 0;
        try {
            while (done < length) {
                int some = Math.min(READ_AT_ONCE, length - done);
                int count = in.read(ByteBuffer.wrap(target, done, some));
                if (count < 0) {
                    throw broken(
                            "ends after " + done + " of " + length + " bytes of a block", null);
                }
                done += count;
            }
        } catch (IOException e) {
            throw broken("fails with " + e, e);
        }
    }

    private MillraceException broken(String what, Exception cause) {
        return SpillFiles.notRead(run.file(), fileBytes, what, cause);
    }

    @Override
    public void close() throws IOException {
        try {
            if (reading != null) {
                reading.settle();
            }
        } finally {
            in.close();
        }
    }
}
