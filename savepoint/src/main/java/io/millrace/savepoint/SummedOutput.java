package io.millrace.savepoint;

import io.millrace.api.file.FSDataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file that is written, with the checksums of all of it and of a part. Confined. */
final class SummedOutput extends PositionOutputStream implements OutputFile {
    private static final int BUFFER_BYTES = 64 << 10;

    private final FSDataOutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final CRC32C all = new CRC32C();
    private final CRC32C part = new CRC32C();
    private int buffered;
    private long position;

    /**
     * @param out closed by whoever opened it
     */
    SummedOutput(FSDataOutputStream out) {
        this.out = out;
    }

    /** A part begins here. */
    void beginPart() throws IOException {
        drain();
        part.reset();
    }

    /** The sum of the part up to here. */
    int endPart() throws IOException {
        drain();
        return (int) part.getValue();
    }

    /** The sum of all that was written. */
    int sum() throws IOException {
        drain();
        return (int) all.getValue();
    }

    private void drain() throws IOException {
        all.update(buffer, 0, buffered);
        part.update(buffer, 0, buffered);
        out.write(buffer, 0, buffered);
        buffered = 0;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        if (buffered == BUFFER_BYTES) {
            drain();
        }
        buffer[buffered++] = (byte) value;
        position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > BUFFER_BYTES - buffered) {
            drain();
        }
        if (length > BUFFER_BYTES) {
            all.update(bytes, offset, length);
            part.update(bytes, offset, length);
            out.write(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
        }
        position += length;
    }

    @Override
    public void flush() throws IOException {
        drain();
    }

    /** Hands on what is buffered; the file stays open. */
    @Override
    public void close() throws IOException {
        drain();
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return this;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return this;
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }
}
