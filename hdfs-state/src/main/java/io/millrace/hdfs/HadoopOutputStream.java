package io.millrace.hdfs;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.Path;
import java.io.IOException;

/** A file of Hadoop being written. Confined to its writer. */
final class HadoopOutputStream extends FSDataOutputStream {
    private final org.apache.hadoop.fs.FSDataOutputStream out;
    private final Path path;

    HadoopOutputStream(org.apache.hadoop.fs.FSDataOutputStream out, Path path) {
        this.out = out;
        this.path = path;
    }

    @Override
    public long getPos() {
        return out.getPos();
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.hflush();
    }

    @Override
    public void sync() throws IOException {
        HadoopCalls.call(
                "sync",
                path,
                () -> {
                    out.hsync();
                    return null;
                });
    }

    @Override
    public void close() throws IOException {
        HadoopCalls.call(
                "close",
                path,
                () -> {
                    out.close();
                    return null;
                });
    }
}
