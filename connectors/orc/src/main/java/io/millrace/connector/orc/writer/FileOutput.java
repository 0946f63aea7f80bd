package io.millrace.connector.orc.writer;

import io.millrace.api.file.FSDataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file of ours as orc-core wants it: closing it leaves the file open. Confined to its writer. */
final class FileOutput extends OutputStream {
    private final FSDataOutputStream file;

    FileOutput(FSDataOutputStream file) {
        this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
        file.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
    }

    /** Nothing: a file is made durable by whoever opened it, when it is whole. */
    @Override
    public void flush() {}

    @Override
    public void close() {}
}
