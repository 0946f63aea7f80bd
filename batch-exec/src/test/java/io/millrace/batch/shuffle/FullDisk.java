package io.millrace.batch.shuffle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A disk with room for so many bytes, of all files together. Thread-safe. */
final class FullDisk implements Disk {
    private final AtomicLong free;

    FullDisk(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    @Override
    public WritableByteChannel create(Path file) throws IOException {
        WritableByteChannel real = Disk.LOCAL.create(file);
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                if (free.addAndGet(-source.remaining()) < 0) {
                    throw new IOException("No space left on device");
                }
                return real.write(source);
            }

            @Override
            public boolean isOpen() {
                return real.isOpen();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }
}
