package io.millrace.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * Files of one line that appear in a directory at a steady pace; the line is the time of {@link
 * System#nanoTime}. On a thread of its own.
 */
final class FileArrivals implements AutoCloseable {
    private final Path directory;
    private final long pauseNanos;
    private final Thread thread;
    private volatile boolean closed; // set by the caller, seen by the thread

    private FileArrivals(Path directory, int perSecond) {
        this.directory = directory;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.thread = new Thread(this::run, "arrivals");
        thread.setDaemon(true);
    }

    static FileArrivals start(Path directory, int perSecond) {
        FileArrivals arrivals = new FileArrivals(directory, perSecond);
        arrivals.thread.start();
        return arrivals;
    }

    private void run() {
        try {
            long due = System.nanoTime();
            for (long number = 0; !closed; number++) {
                appear(directory, "paced-" + number, due);
                due += pauseNanos;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes a file that is whole when it is seen. */
    static void appear(Path directory, String name, long line) throws IOException {
        Path hidden = directory.resolve("." + name);
        Files.writeString(hidden, line + "\n");
        Files.move(hidden, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
