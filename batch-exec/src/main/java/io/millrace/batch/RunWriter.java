package io.millrace.batch;

import io.millrace.runtime.serde.BinaryWriter;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes a run: folds in the order of their hashes, in blocks that stand for themselves. Confined
 * to its operator. {@link RunReader} reads it.
 *
 * <pre>
 * run   := block* end
 * block := int length > 0, int CRC32C of the payload, payload: entries of FoldFormat
 * end   := int 0
 * </pre>
 */
final class RunWriter implements Closeable {
    private static final int BLOCK_BYTES = 128 * 1024;

    private final DataOutputStream out;
    private final FoldFormat format;
    private final BinaryWriter block = new BinaryWriter(BLOCK_BYTES + 1024);
    private long bytesWritten;

    RunWriter(Path file, FoldFormat format) throws IOException {
        this.out =
                new DataOutputStream(
                        Files.newOutputStream(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        this.format = format;
    }

    void write(FoldFormat.Fold fold) throws IOException {
        format.write(fold.keyHash(), fold.key(), fold.value(), block);
        if (block.size() >= BLOCK_BYTES) {
            writeBlock();
        }
    }

    private void writeBlock() throws IOException {
        CRC32C checksum = new CRC32C();
        checksum.update(block.array(), 0, block.size());
        out.writeInt(block.size());
        out.writeInt((int) checksum.getValue());
        out.write(block.array(), 0, block.size());
        bytesWritten += 8 + block.size();
        block.clear();
    }

    /** Writes what is left and the end. */
    void finish() throws IOException {
        if (block.size() > 0) {
            writeBlock();
        }
        out.writeInt(0);
    }

    long bytesWritten() {
        return bytesWritten;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
