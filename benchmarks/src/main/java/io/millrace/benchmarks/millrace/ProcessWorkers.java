package io.millrace.benchmarks.millrace;

import io.millrace.api.error.ErrorCode;
import io.millrace.benchmarks.Setup;
import io.millrace.coordinator.resource.ResourceDriver;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.wire.AppSecret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Starts workers as processes on this machine. Thread-safe by its lock; nothing waits under it. */
final class ProcessWorkers implements ResourceDriver {
    static final String SECRET = "MILLRACE_BENCHMARK_SECRET";

    private final Supplier<InetSocketAddress> coordinator;
    private final AppSecret secret;
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private Listener listener;
    private WorkerSpec spec;
    private int wanted;
    private int started;

    ProcessWorkers(Supplier<InetSocketAddress> coordinator, AppSecret secret) {
        this.coordinator = coordinator;
        this.secret = secret;
    }

    @Override
    public synchronized void start(Listener listener, WorkerSpec spec) {
        this.listener = listener;
        this.spec = spec;
    }

    @Override
    public synchronized void want(int workers) {
        wanted = workers;
        startMissing();
    }

    private void startMissing() {
        while (processes.size() < wanted) {
            String workerId = "worker-" + ++started;
            try {
                Process process = launch(workerId);
                processes.put(workerId, process);
                process.onExit().thenAccept(ended -> ended(workerId, ended.exitValue()));
            } catch (IOException e) {
                listener.onRefused(
                        new FailureReport(
                                ErrorCode.RESOURCES_NOT_GRANTED,
                                "the process of a worker did not start: " + e.getMessage(),
                                "",
                                null));
                return;
            }
        }
    }

    /** Told as any worker is: by the size that YARN would have granted. */
    private Process launch(String workerId) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + spec.memoryMb() * 6 / 10 + "m");
        command.add("-XX:MaxDirectMemorySize=256m");
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(collector());
        command.addAll(Setup.LATE_SECOND_COMPILER);
        command.addAll(
                List.of(
                        "-Dlog4j2.configurationFile="
                                + System.getProperty("log4j2.configurationFile", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.millrace.benchmarks.millrace.WorkerMain",
                        coordinator.get().getHostString(),
                        String.valueOf(coordinator.get().getPort()),
                        workerId,
                        String.valueOf(spec.slots())));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(SECRET, HexFormat.of().formatHex(secret.toBytes()));
        return builder.start();
    }

    /**
     * As YARN's workers of that size have it, or what {@code BENCHMARK_WORKER_OPTIONS} says, whose
     * options stand apart by blanks.
     */
    private List<String> collector() {
        String own = System.getenv("BENCHMARK_WORKER_OPTIONS");
        if (own != null) {
            return List.of(own.split(" "));
        }
        return spec.memoryMb() <= 4096
                ? List.of("-XX:+UseParallelGC", "-XX:ParallelGCThreads=" + spec.virtualCores())
                : List.of(
                        "-XX:+UseG1GC",
                        "-XX:InitiatingHeapOccupancyPercent=70",
                        "-XX:-G1UseAdaptiveIHOP",
                        "-XX:G1ConcRSLogCacheSize=18",
                        "-XX:G1ConcRSHotCardLimit=1");
    }

    /**
     * Kills the oldest process as {@code kill -9} does. Nobody is told but by its end.
     *
     * @return the CPU time that it had used
     */
    synchronized Duration killOne() {
        Process oldest = processes.values().iterator().next();
        Duration used = oldest.info().totalCpuDuration().orElse(Duration.ZERO);
        oldest.destroyForcibly();
        return used;
    }

    private synchronized void ended(String workerId, int exitCode) {
        if (processes.remove(workerId) != null) {
            listener.onWorkerEnded(workerId, "exit code " + exitCode);
            startMissing();
        }
    }

    @Override
    public synchronized void release(String workerId, String reason) {
        Process process = processes.remove(workerId);
        if (process != null) {
            process.destroy();
        }
    }

    @Override
    public synchronized void close() {
        wanted = 0;
        List.copyOf(processes.values()).forEach(Process::destroy);
        processes.clear();
    }
}
