package io.millrace.compat.program;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What programs print while it is open, in place of the process's standard output. Thread-safe:
 * tasks print, the test reads.
 */
final class Printed implements AutoCloseable {
    private final PrintStream before = System.out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch enough;

    private Printed(int enough) {
        this.enough = new CountDownLatch(enough);
    }

    /**
     * @param enough so many lines {@link #awaitEnough} waits for
     */
    static Printed open(int enough) {
        Printed printed = new Printed(enough);
        System.setOut(new PrintStream(printed.new Lines(), true, StandardCharsets.UTF_8));
        return printed;
    }

    /** Waits without end; the test has a time limit. */
    void awaitEnough() throws InterruptedException {
        enough.await();
    }

    /** The lines so far without the number of the subtask that {@code print()} sets before them. */
    List<String> lines() {
        synchronized (bytes) {
            return bytes.toString(StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("^\\d+> ", ""))
                    .toList();
        }
    }

    @Override
    public void close() {
        System.setOut(before);
    }

    /** Keeps the bytes and counts their lines. */
    private final class Lines extends java.io.OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] written, int offset, int length) {
            synchronized (bytes) {
                bytes.write(written, offset, length);
            }
            for (int i = offset; i < offset + length; i++) {
                if (written[i] == '\n') {
                    enough.countDown();
                }
            }
        }
    }
}
