package io.millrace.connector.avro;

import io.millrace.api.file.MalformedFileException;
import io.millrace.connector.file.CheckpointedPosition;
import io.millrace.connector.file.StreamFormat;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;

/**
 * Reads the blocks that begin in a split, one record after the other. Confined to its task.
 *
 * <p>A position is the first byte of a block, behind the sync marker in front of it, and the
 * records of the block that have been read.
 */
final class BlockReader<T> implements StreamFormat.Reader<T> {
    private final DataFileReader<T> blocks;
    private final long fileLength;
    private final long splitEnd;
    private long blockOffset;
    private long recordsOfBlock;

    BlockReader(DataFileReader<T> blocks, long fileLength, long splitEnd) {
        this.blocks = blocks;
        this.fileLength = fileLength;
        this.splitEnd = splitEnd;
        this.blockOffset = blocks.previousSync();
    }

    @Override
    public T read() throws IOException {
        try {
            if (!blocks.hasNext()) {
                requireEnd();
                return null;
            }
            if (blocks.pastSync(splitEnd)) {
                return null;
            }
            // Told before the record is read: behind the last one of a block, it is the next
            // block's.
            long block = blocks.previousSync();
            if (block != blockOffset) {
                blockOffset = block;
                recordsOfBlock = 0;
            }
            T record = blocks.next();
            recordsOfBlock++;
            return record;
        } catch (AvroRuntimeException | IndexOutOfBoundsException | EOFException e) {
            throw new MalformedFileException(
                    "the block that begins at byte " + blockOffset + ": " + e.getMessage(), e);
        }
    }

    /* Avro takes a block that is cut for the end of the file. Of a compressed file the length is not
     * known; what is cut there is found by its decompression. */
    private void requireEnd() throws MalformedFileException {
        long end = blocks.previousSync();
        if (end < fileLength && fileLength != Long.MAX_VALUE) {
            throw new MalformedFileException(
                    "the block that begins at byte " + end + " is cut", null);
        }
    }

    @Override
    public CheckpointedPosition getCheckpointedPosition() {
        return new CheckpointedPosition(blockOffset, recordsOfBlock);
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
