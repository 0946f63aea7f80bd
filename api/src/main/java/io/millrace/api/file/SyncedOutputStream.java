package io.millrace.api.file;

import java.io.IOException;

/** A file that is synced when it is closed. Confined to its writer. */
class SyncedOutputStream extends FSDataOutputStream {
    private final FSDataOutputStream out;
    private boolean closed;

    SyncedOutputStream(FSDataOutputStream out) {
        this.out = out;
    }

    @Override
    public long getPos() throws IOException {
        return out.getPos();
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void sync() throws IOException {
        out.sync();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            out.sync();
        }
    }
}
