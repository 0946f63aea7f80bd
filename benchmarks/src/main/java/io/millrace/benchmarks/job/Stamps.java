package io.millrace.benchmarks.job;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of pairs of numbers: what a record says, and {@link System#nanoTime} when it came. Others
 * read it while it is written. Confined to one thread.
 */
public final class Stamps implements AutoCloseable {
    private static final String PREFIX = "stamps-";
    private static final int PAIR_BYTES = 2 * Long.BYTES;

    private final FileOutputStream out;
    private final ByteBuffer pair = ByteBuffer.allocate(PAIR_BYTES);

    /** Takes both numbers of a record. */
    @FunctionalInterface
    public interface Reader {
        void take(long stamp, long atNanos);
    }

    private Stamps(FileOutputStream out) {
        this.out = out;
    }

    public static Stamps create(Path results, int subtask) throws IOException {
        return new Stamps(new FileOutputStream(results.resolve(PREFIX + subtask).toFile()));
    }

    public void add(long stamp) throws IOException {
        pair.clear().putLong(stamp).putLong(System.nanoTime());
        out.write(pair.array());
    }

    public static boolean isOne(Path file) {
        return file.getFileName().toString().startsWith(PREFIX);
    }

    /** All that are whole. */
    public static void read(Path file, Reader reader) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        while (bytes.remaining() >= PAIR_BYTES) {
            reader.take(bytes.getLong(), bytes.getLong());
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
