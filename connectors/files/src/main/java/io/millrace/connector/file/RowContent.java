package io.millrace.connector.file;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.Encoder;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Records encoded one after the other, with a buffer in front of the file. Confined to its task.
 */
final class RowContent<IN> extends OutputStream implements PartContent<IN> {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Encoder<IN> encoder;
    private final FSDataOutputStream file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private long size;

    RowContent(Encoder<IN> encoder, FSDataOutputStream file) {
        this.encoder = encoder;
        this.file = file;
    }

    @Override
    public void write(IN record) throws IOException {
        encoder.encode(record, this);
    }

    @Override
    public void write(int value) throws IOException {
        if (buffered == buffer.length) {
            drain();
        }
        buffer[buffered++] = (byte) value;
        size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        size += length;
        if (length > buffer.length - buffered) {
            drain();
            if (length >= buffer.length) {
                file.write(bytes, offset, length);
                return;
            }
        }
        System.arraycopy(bytes, offset, buffer, buffered, length);
        buffered += length;
    }

    private void drain() throws IOException {
        file.write(buffer, 0, buffered);
        buffered = 0;
    }

    @Override
    public void finish() throws IOException {
        drain();
    }

    @Override
    public long size() {
        return size;
    }
}
