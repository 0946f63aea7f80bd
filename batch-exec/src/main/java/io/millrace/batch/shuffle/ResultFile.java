package io.millrace.batch.shuffle;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of a result while it is written: blocks behind each other, or parts of other files.
 * Confined to its writer.
 */
final class ResultFile implements Closeable {
    // Small blocks leave together; those of this size and more go straight through.
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path path;
    private final WritableByteChannel channel;
    private final OutputStream out;
    private long position;

    ResultFile(Path path, Disk disk) throws IOException {
        this.path = path;
        this.channel = disk.create(path);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    Path path() {
        return path;
    }

    long position() {
        return position;
    }

    void append(byte[] block) throws IOException {
        out.write(block);
        position += block.length;
    }

    /** Copies bytes of another file, without bringing them into this process where possible. */
    void append(FileChannel from, long offset, long bytes) throws IOException {
        flush();
        long at = offset;
        long left = bytes;
        while (left > 0) {
            long moved = from.transferTo(at, left, channel);
            if (moved <= 0) {
                throw new IOException(
                        "a spilled range ends " + left + " bytes early, at offset " + at);
            }
            at += moved;
            left -= moved;
        }
        position += bytes;
    }

    void flush() throws IOException {
        out.flush();
    }

    /** To read what was written up to now. */
    FileChannel reopen() throws IOException {
        flush();
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    /** Closes the file; what was appended is in it only after {@link #flush}. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
