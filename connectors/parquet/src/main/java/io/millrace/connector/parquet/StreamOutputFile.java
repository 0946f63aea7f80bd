package io.millrace.connector.parquet;

import io.millrace.api.file.FSDataOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file of ours as parquet-java wants it. It is closed by whoever opened it. */
final class StreamOutputFile implements OutputFile {
    private static final int BUFFER_BYTES = 64 << 10;

    private final FSDataOutputStream stream;

    StreamOutputFile(FSDataOutputStream stream) {
        this.stream = stream;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
        return new Positioned(stream);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return new Positioned(stream);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    /** Counts bytes, in a buffer. Confined to its task. */
    private static final class Positioned extends PositionOutputStream {
        private final BufferedOutputStream buffered;
        private long position;

        Positioned(FSDataOutputStream stream) throws IOException {
            this.buffered = new BufferedOutputStream(stream, BUFFER_BYTES);
            this.position = stream.getPos();
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            buffered.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            buffered.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            buffered.flush();
        }

        /** Hands on what is buffered; the file stays open. */
        @Override
        public void close() throws IOException {
            buffered.flush();
        }
    }
}
