package io.millrace.benchmarks.job;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the CPU time of this process early and late in a time in which a job is idle; early is
 * when what the start of the job has made warm is mostly compiled.
 */
public final class IdleProbe {
    private static final long LEAD_MS = 6_000;

    private IdleProbe() {}

    /**
     * Completes after {@code idleMs}; at its end the result lies in {@code results}.
     *
     * @param subtask the first one measures, the others only wait
     */
    public static CompletableFuture<Void> after(long idleMs, int subtask, Path results) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> measure(idleMs, subtask, results, end), "idle-probe");
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    private static void measure(
            long idleMs, int subtask, Path results, CompletableFuture<Void> end) {
        try {
            TimeUnit.MILLISECONDS.sleep(LEAD_MS);
            long cpu = Rounds.cpuNanos();
            long wall = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(idleMs - LEAD_MS);
            if (subtask == 0) {
                Tally tally = new Tally();
                double cores = (double) (Rounds.cpuNanos() - cpu) / (System.nanoTime() - wall);
                tally.figure("cpuShareMillionths", Math.round(cores * 1e6));
                tally.leave(results, "idle");
            }
            end.complete(null);
        } catch (InterruptedException e) {
            end.completeExceptionally(e);
            Thread.currentThread().interrupt();
        }
    }
}
