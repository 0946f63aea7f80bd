package io.millrace.benchmarks.wordcount;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Wall and CPU time of this process around each run; prints lines that {@code Benchmarks} reads.
 */
final class Stopwatch {
    /** A job, which may fail in any way. */
    interface Job {
        void run(int run) throws Exception;
    }

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Stopwatch() {}

    static void measure(int runs, Job job) throws Exception {
        for (int run = 0; run < runs; run++) {
            long cpu = SYSTEM.getProcessCpuTime();
            long wall = System.nanoTime();
            job.run(run);
            System.out.printf(
                    "MEASURED run=%d wallMs=%d cpuMs=%d processCpuMs=%d%n",
                    run,
                    (System.nanoTime() - wall) / 1_000_000,
                    (SYSTEM.getProcessCpuTime() - cpu) / 1_000_000,
                    SYSTEM.getProcessCpuTime() / 1_000_000);
        }
    }
}
