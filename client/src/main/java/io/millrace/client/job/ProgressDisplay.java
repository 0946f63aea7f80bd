package io.millrace.client.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Shows how a job comes along: on a terminal one block that is rewritten, elsewhere a line when the
 * state changes, and now and then. Confined to one thread.
 */
public final class ProgressDisplay {
    private static final long LINE_EVERY_NANOS = 5_000_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private int blockLines;
    private String lastState = "";
    private long lastLineNanos;

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    public ProgressDisplay(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** There is no job yet. */
    public void waiting(String forWhat) {
        if (terminal) {
            rewrite(List.of(forWhat));
        } else if (!forWhat.equals(lastState)) {
            out.println(forWhat);
            out.flush();
        }
        lastState = forWhat;
    }

    public void show(JobView job) {
        long now = nanoTime.getAsLong();
        String state = job.id() + job.state();
        if (terminal) {
            rewrite(ProgressLines.block(job));
        } else if (!state.equals(lastState) || now - lastLineNanos >= LINE_EVERY_NANOS) {
            out.println(ProgressLines.line(job));
            out.flush();
            lastLineNanos = now;
        }
        lastState = state;
    }

    /** Leaves the last block as it is; what follows stands below it. */
    public void end() {
        blockLines = 0;
    }

    private void rewrite(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (blockLines > 0) {
            text.append("\033[").append(blockLines).append("A\033[J");
        }
        text.append("\033[?7l"); // a line that is too long is cut: wrapped, it would be two
        lines.forEach(line -> text.append(line).append('\n'));
        text.append("\033[?7h");
        out.print(text);
        out.flush();
        blockLines = lines.size();
    }
}
