package io.millrace.benchmarks.updates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one task did, a line for each tenth of a second in which it did something: how many records,
 * and how late they were. Lines survive the process's death. Confined to its task.
 *
 * <pre>
 * line := wall clock at its end, ms; count; {@link Lateness} in microseconds
 * </pre>
 */
public final class Beats implements AutoCloseable {
    static final long SLOT_NANOS = 100_000_000;

    private final Writer out;
    private Lateness lateness = new Lateness();
    private long slot;
    private long count;

    private Beats(Writer out) {
        this.out = out;
    }

    /**
     * @param task names the file, with the process
     */
    public static Beats in(String directory, String task) {
        try {
            return new Beats(
                    Files.newBufferedWriter(
                            Path.of(
                                    directory,
                                    task
                                            + "-"
                                            + ProcessHandle.current().pid()
                                            + "-"
                                            + System.nanoTime()
                                            + ".beats")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void onRecord(long record) {
        long nowNanos = System.nanoTime();
        long now = nowNanos / SLOT_NANOS;
        if (now != slot) {
            endSlot();
            slot = now;
        }
        count++;
        long stampMicros = UpdatePlan.stampMicros(record);
        if (stampMicros != 0) {
            lateness.add(nowNanos / 1000 - stampMicros);
        }
    }

    private void endSlot() {
        if (count == 0) {
            return;
        }
        try {
            out.write(System.currentTimeMillis() + " " + count + lateness.toText() + "\n");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count = 0;
        lateness = new Lateness();
    }

    @Override
    public void close() {
        endSlot();
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
