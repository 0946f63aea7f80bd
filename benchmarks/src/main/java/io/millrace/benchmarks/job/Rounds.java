package io.millrace.benchmarks.job;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The main loop of a measured process: runs its job once for each line of its input, which names a
 * directory for the results, and answers with a line of figures. Ends with its input.
 */
public final class Rounds {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Rounds() {}

    /** Runs a job to its end, in any way. */
    @FunctionalInterface
    public interface Program {
        void run(Job job) throws Exception;
    }

    /**
     * @param arguments as for {@link Job}
     */
    public static void serve(String[] arguments, Program program) throws Exception {
        Job job = Job.of(arguments);
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("READY");
        String directory;
        while ((directory = commands.readLine()) != null) {
            Job round = job.into(Path.of(directory));
            long cpu = cpuNanos();
            long wall = System.nanoTime();
            program.run(round);
            long wallNanos = System.nanoTime() - wall;
            long cpuNanos = cpuNanos() - cpu;
            System.out.println(
                    "MEASURED wallMs="
                            + wallNanos / 1_000_000
                            + " cpuMs="
                            + cpuNanos / 1_000_000
                            + " "
                            + Tally.merged(round.results()).figures());
        }
    }

    /** Of this process and of those that it has started; theirs is counted in steps of 10 ms. */
    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime()
                + ProcessHandle.current()
                        .descendants()
                        .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toNanos)
                        .sum();
    }
}
