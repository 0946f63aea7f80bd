package io.millrace.connector.avro;

import io.millrace.api.file.FSDataInputStream;
import java.io.IOException;
import org.apache.avro.file.SeekableInput;

/** A file of ours as Avro wants it. Confined to its reader, which closes it. */
final class SeekableFile implements SeekableInput {
    private final FSDataInputStream stream;
    private final long length;

    SeekableFile(FSDataInputStream stream, long length) throws IOException {
        this.stream = stream;
        this.length = length;
        stream.seek(0);
    }

    @Override
    public void seek(long position) throws IOException {
        stream.seek(position);
    }

    @Override
    public long tell() throws IOException {
        return stream.getPos();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        return stream.read(bytes, offset, count);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
