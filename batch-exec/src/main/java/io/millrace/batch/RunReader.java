package io.millrace.batch;

import io.millrace.runtime.serde.BinaryReader;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Reads what {@link RunWriter} wrote, and checks it. Confined to its operator. */
final class RunReader implements FoldSequence, Closeable {
    private static final int MAX_BLOCK_BYTES = 1 << 30;

    private final Path file;
    private final FoldFormat format;
    private final DataInputStream in;
    private BinaryReader block;
    private long position;

    RunReader(Path file, FoldFormat format) throws IOException {
        this.file = file;
        this.format = format;
        this.in = new DataInputStream(Files.newInputStream(file));
    }

    @Override
    public FoldFormat.Fold next() {
        if (block == null || block.remaining() == 0) {
            block = readBlock();
            if (block == null) {
                return null;
            }
        }
        return format.read(block);
    }

    private BinaryReader readBlock() {
        try {
            int length = in.readInt();
            if (length == 0) {
                return null;
            }
            if (length < 0 || length > MAX_BLOCK_BYTES) {
                throw broken("has a block of " + length + " bytes");
            }
            int expected = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw broken("ends after " + payload.length + " of " + length + " bytes");
            }
            CRC32C checksum = new CRC32C();
            checksum.update(payload, 0, length);
            if ((int) checksum.getValue() != expected) {
                throw broken("has a block with a wrong checksum");
            }
            position += 8 + length;
            return new BinaryReader(payload);
        } catch (EOFException e) {
            throw SpilledFolds.failed("read", file, broken("has no end"));
        } catch (IOException e) {
            throw SpilledFolds.failed("read", file, e);
        }
    }

    private IOException broken(String what) {
        return new IOException("it " + what + " at offset " + position);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
