package io.millrace.benchmarks.batch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * What a measured process is to do. Immutable.
 *
 * @param contest its name
 * @param input the directory of the input's files, which may be empty
 * @param output a directory that does not exist yet
 * @param temporary where the engine may write
 * @param rows of the contest's input, as far as the program makes them itself
 * @param keys among those, or rows of the second input
 * @param memoryMb of the engine: its heap, or for Flink heap and managed memory together
 */
public record BatchJob(
        String contest,
        Path input,
        Path output,
        Path temporary,
        long rows,
        long keys,
        int memoryMb) {
    public static final int PARALLELISM = 2;

    /** A property: where the files of input and output lie; on this machine without it. */
    static final String FILES = "benchmark.files";

    /** Runs a job to its end, in any way. */
    @FunctionalInterface
    public interface Program {
        void run(BatchJob job) throws Exception;
    }

    List<String> arguments() {
        return List.of(
                contest,
                input.toString(),
                output.toString(),
                temporary.toString(),
                String.valueOf(rows),
                String.valueOf(keys),
                String.valueOf(memoryMb));
    }

    /** The whole of a measured process: runs the job of its arguments, and says what it took. */
    public static void run(String[] args, Program program) throws Exception {
        program.run(of(args));
        System.out.println("MEASURED cpuMs=" + cpuMs());
        System.exit(0); // an engine may have threads that wait for more jobs
    }

    /** The reverse of {@link #arguments}; what comes behind is not looked at. */
    public static BatchJob of(String[] args) {
        return new BatchJob(
                args[0],
                Path.of(args[1]),
                Path.of(args[2]),
                Path.of(args[3]),
                Long.parseLong(args[4]),
                Long.parseLong(args[5]),
                Integer.parseInt(args[6]));
    }

    /** The input's directory for an engine. */
    public String inputPlace() {
        return System.getProperty(FILES, "") + input;
    }

    /** The output's directory for an engine. */
    public String outputPlace() {
        return System.getProperty(FILES, "") + output;
    }

    /** Of this process, from its start. */
    public static long cpuMs() {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1_000_000;
    }
}
