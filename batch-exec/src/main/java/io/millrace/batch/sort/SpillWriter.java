package io.millrace.batch.sort;

import io.millrace.api.fault.FaultPoint;
import io.millrace.runtime.compress.BlockCompression;
import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/**
 * Writes runs, sorted or not, one after the other, in large blocks. Owns the form of the files,
 * which {@link SpillReader} reads. Confined to one thread at a time.
 *
 * <pre>
 * run   := block* end
 * block := header, payload
 * header:= int stored bytes > 0, int raw bytes, byte compression, int CRC32C of the nine bytes before and of the payload
 * end   := a header of zeros with its checksum
 * raw   := (long prefix, entry)*; an entry that is larger than a block is alone in one, not compressed
 * </pre>
 */
final class SpillWriter implements AutoCloseable {
    static final int HEADER_BYTES = 13;
    static final int CHECKSUM_AT = 9;
    static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final KeyWriter NO_KEY = new KeyWriter();
    private static final BooleanSupplier GOES_ON = () -> false;

    private final SpillFiles files;
    private final BlockCompression compression;
    private final String memoryOption;
    private final byte[] raw;
    private final byte[] stored;
    private final byte[] header = new byte[HEADER_BYTES];
    private final CRC32C checksum = new CRC32C();
    private int filled;
    private Path file;
    private WritableByteChannel out;
    private long fileBytes;
    private long rawBytes;
    private long entries;
    private int maxRawBytes;
    private int maxStoredBytes;

    SpillWriter(
            SpillFiles files, BlockCompression compression, int blockBytes, String memoryOption) {
        this.files = files;
        this.compression = compression;
        this.memoryOption = memoryOption;
        this.raw = new byte[blockBytes];
        this.stored = new byte[compression.maxBytes(blockBytes)];
    }

    /** Memory of a writer. */
    static long bytes(BlockCompression compression, int blockBytes) {
        return (long) blockBytes + compression.maxBytes(blockBytes);
    }

    /**
     * Writes all entries of a cursor to a new file. Where it fails the file may be there.
     *
     * @param stop asked before each block; ends the writing by a {@link SpillStopped}
     */
    SpilledRun write(Path newFile, EntryCursor sorted, BooleanSupplier stop) {
        try (this) {
            begin(newFile);
            while (sorted.advance()) {
                append(sorted, stop);
            }
            return end(stop);
        }
    }

    /** Begins a file, which {@link #end} ends; it is closed by {@link #close}. */
    void begin(Path newFile) {
        file = newFile;
        filled = 0;
        fileBytes = 0;
        rawBytes = 0;
        entries = 0;
        maxRawBytes = 0;
        maxStoredBytes = 0;
        try {
            out = files.create(newFile);
            FaultPoint.SPILL_RUN_BEGUN.hit();
        } catch (IOException e) {
            throw SpillFiles.notWritten(newFile, raw.length, 0, memoryOption, e);
        }
    }

    private void append(EntryCursor entry, BooleanSupplier stop) {
        int length = entry.end() - entry.start;
        if (place(entry.prefix, length, stop)) {
            System.arraycopy(entry.bytes, entry.start, raw, filled + Long.BYTES, length);
            filled += Long.BYTES + length;
        } else {
            writeLong(entry.bytes, entry.start, length);
        }
    }

    /** Appends an entry whose key is the prefix alone. */
    void append(long prefix, BinaryWriter record) {
        int length = EntryCursor.size(NO_KEY, record);
        if (place(prefix, length, GOES_ON)) {
            EntryCursor.write(NO_KEY, record, raw, filled + Long.BYTES);
            filled += Long.BYTES + length;
        } else {
            byte[] entry = new byte[length];
            EntryCursor.write(NO_KEY, record, entry, 0);
            writeLong(entry, 0, length);
        }
    }

    /** Makes room for an entry and writes its prefix; false if it is longer than a block. */
    private boolean place(long prefix, int length, BooleanSupplier stop) {
        if (filled + Long.BYTES + length > raw.length) {
            writeBlock(stop);
        }
        entries++;
        LONG.set(raw, filled, prefix);
        return Long.BYTES + length <= raw.length;
    }

    /** Writes what is left of the file. */
    SpilledRun end() {
        return end(GOES_ON);
    }

    private SpilledRun end(BooleanSupplier stop) {
        writeBlock(stop);
        writeEnd();
        close();
        return new SpilledRun(file, entries, rawBytes, fileBytes, maxRawBytes, maxStoredBytes);
    }

    /** Closes the file if one is open. */
    @Override
    public void close() {
        WritableByteChannel open = out;
        out = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            throw SpillFiles.notWritten(file, HEADER_BYTES, fileBytes, memoryOption, e);
        }
    }

    private void writeBlock(BooleanSupplier stop) {
        if (stop.getAsBoolean()) {
            throw new SpillStopped();
        }
        if (filled == 0) {
            return;
        }
        int length =
                compression == BlockCompression.NONE
                        ? filled
                        : compression.compress(raw, 0, filled, stored, 0);
        boolean smaller = length < filled;
        byte[] payload = smaller ? stored : raw;
        int payloadBytes = smaller ? length : filled;
        int kind = smaller ? compression.ordinal() : BlockCompression.NONE.ordinal();
        maxRawBytes = Math.max(maxRawBytes, filled);
        maxStoredBytes = Math.max(maxStoredBytes, smaller ? payloadBytes : 0);
        checksum.reset();
        putHeader(payloadBytes, filled, kind);
        checksum.update(payload, 0, payloadBytes);
        write(ByteBuffer.wrap(sealedHeader()), payloadBytes);
        filled = 0;
        write(
                ByteBuffer.wrap(payload, 0, payloadBytes),
                payloadBytes,
                FaultPoint.SPILL_BLOCK_WRITTEN);
    }

    /** One entry, from where it is; the prefix is at the beginning of the block's memory. */
    private void writeLong(byte[] bytes, int start, int length) {
        int blockBytes = Math.addExact(Long.BYTES, length);
        maxRawBytes = Math.max(maxRawBytes, blockBytes);
        checksum.reset();
        putHeader(blockBytes, blockBytes, BlockCompression.NONE.ordinal());
        checksum.update(raw, 0, Long.BYTES);
        checksum.update(bytes, start, length);
        write(ByteBuffer.wrap(sealedHeader()), blockBytes);
        write(ByteBuffer.wrap(raw, 0, Long.BYTES), blockBytes);
        // In parts: what the JDK copies outside of the heap stays small.
        for (int at = 0; at < length; at += raw.length) {
            int part = Math.min(raw.length, length - at);
            write(ByteBuffer.wrap(bytes, start + at, part), length - at);
        }
    }

    private void writeEnd() {
        checksum.reset();
        putHeader(0, 0, 0);
        write(ByteBuffer.wrap(sealedHeader()), HEADER_BYTES, FaultPoint.SPILL_RUN_WRITTEN);
    }

    private void putHeader(int storedBytes, int blockRawBytes, int kind) {
        rawBytes += blockRawBytes;
        INT.set(header, 0, storedBytes);
        INT.set(header, 4, blockRawBytes);
        header[8] = (byte) kind;
        checksum.update(header, 0, CHECKSUM_AT);
    }

    private byte[] sealedHeader() {
        INT.set(header, CHECKSUM_AT, (int) checksum.getValue());
        return header;
    }

    private void write(ByteBuffer from, long wanted) {
        write(from, wanted, null);
    }

    /**
     * @param behind where execution is when it is written; null for no point
     */
    private void write(ByteBuffer from, long wanted, FaultPoint behind) {
        try {
            while (from.hasRemaining()) {
                fileBytes += out.write(from);
            }
            if (behind != null) {
                behind.hit();
            }
        } catch (IOException e) {
            throw SpillFiles.notWritten(file, wanted, fileBytes, memoryOption, e);
        }
    }
}
