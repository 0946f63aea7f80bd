package io.millrace.benchmarks.job;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * What the pending timers of this process take of its heap, and what it takes to fire them: the
 * first one that fires stops for a collection of all garbage and starts the clock. Confined to a
 * task, which must be the only one with timers.
 */
public final class TimerProbe {
    private final long emptyBytes = liveBytes();
    private long pendingBytes;
    private long cpuNanos;
    private long wallNanos;
    private long fired;

    public void fires() {
        if (fired++ == 0) {
            pendingBytes = liveBytes() - emptyBytes;
            cpuNanos = Rounds.cpuNanos();
            wallNanos = System.nanoTime();
        }
    }

    /** After the last one. */
    public void leave(Path results) {
        if (fired == 0) {
            return;
        }
        long cpu = Rounds.cpuNanos() - cpuNanos;
        long wall = System.nanoTime() - wallNanos;
        Tally tally = new Tally();
        tally.figure("timerMilliBytes", pendingBytes * 1_000 / fired);
        tally.figure("fireWallPicos", wall * 1_000 / fired);
        tally.figure("fireCpuPicos", cpu * 1_000 / fired);
        tally.leave(results, "timers");
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
