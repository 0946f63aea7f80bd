package io.millrace.hdfs;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.Path;
import java.io.IOException;

/**
 * A file of Hadoop being read. Confined to its reader. Reading goes straight to Hadoop's stream: it
 * has its classes by then, and errors of the cluster come out as they are.
 */
final class HadoopInputStream extends FSDataInputStream {
    private final org.apache.hadoop.fs.FSDataInputStream in;
    private final Path path;

    HadoopInputStream(org.apache.hadoop.fs.FSDataInputStream in, Path path) {
        this.in = in;
        this.path = path;
    }

    @Override
    public void seek(long desired) throws IOException {
        in.seek(desired);
    }

    @Override
    public long getPos() throws IOException {
        return in.getPos();
    }

    @Override
    public int read() throws IOException {
        return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
    }

    @Override
    public long skip(long bytes) throws IOException {
        return in.skip(bytes);
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        HadoopCalls.call(
                "close",
                path,
                () -> {
                    in.close();
                    return null;
                });
    }
}
