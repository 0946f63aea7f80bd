package io.millrace.api.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A local file being read; unbuffered. Confined to its reader. */
final class LocalInputStream extends FSDataInputStream {
    private final FileChannel channel;

    LocalInputStream(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public void seek(long desired) throws IOException {
        if (desired < 0 || desired > channel.size()) {
            throw new EOFException(
                    "cannot go to byte " + desired + " of " + channel.size() + " bytes");
        }
        channel.position(desired);
    }

    @Override
    public long getPos() throws IOException {
        return channel.position();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, channel.size() - channel.position());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
