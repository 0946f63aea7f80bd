package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Setup;
import java.util.ArrayList;
import java.util.List;

/** Who runs the job. */
enum Engine {
    MILLRACE,
    FLINK;

    /** Of each of two workers, which keep half a gigabyte each. */
    private static final int WORKER_HEAP_MB = 3000;

    /** The start of its command line, up to and including the main class. */
    List<String> command(Setup setup) {
        List<String> command = new ArrayList<>(List.of(setup.java(), "-Xmx512m"));
        if (this == MILLRACE) {
            command.add(Setup.LOGGING);
            command.add("-Dbenchmarks.worker-mb=" + WORKER_HEAP_MB * 10 / 6);
            command.addAll(List.of("-cp", setup.millraceClassPath()));
            command.add("io.millrace.benchmarks.millrace.UpdatesOnMillrace");
        } else {
            command.addAll(Setup.flinkOptions());
            command.add("-Dbenchmarks.checkout=" + setup.checkout());
            command.add("-Dbenchmarks.worker-heap-mb=" + WORKER_HEAP_MB);
            command.addAll(List.of("-cp", setup.flinkClassPath(List.of())));
            command.add("io.millrace.benchmarks.flink.UpdatesOnFlink");
        }
        return command;
    }
}
