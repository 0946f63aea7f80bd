package io.millrace.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds up the CPU time of processes that come and go, by looking at their command lines ten times a
 * second; what a process uses after the last look is missed. Thread-safe.
 */
final class ProcessCpu implements AutoCloseable {
    private final Map<Long, Long> cpuMsByPid = new ConcurrentHashMap<>();
    private final Thread sampler;
    private volatile boolean closed;

    /**
     * @param parts pieces of command lines; a wanted process has one of them
     */
    ProcessCpu(String... parts) {
        long began = System.currentTimeMillis();
        this.sampler = new Thread(() -> sample(List.of(parts), began), "process-cpu");
        sampler.setDaemon(true);
        sampler.start();
    }

    long totalMs() {
        return cpuMsByPid.values().stream().mapToLong(Long::longValue).sum();
    }

    int processes() {
        return cpuMsByPid.size();
    }

    private void sample(List<String> parts, long beganMs) {
        while (!closed) {
            ProcessHandle.allProcesses()
                    .filter(
                            handle ->
                                    handle.info()
                                            .commandLine()
                                            .filter(
                                                    line ->
                                                            parts.stream().anyMatch(line::contains)
                                                                    && line.contains("/bin/java "))
                                            .isPresent())
                    .filter(
                            handle ->
                                    handle.info()
                                            .startInstant()
                                            .filter(at -> at.toEpochMilli() >= beganMs - 1000)
                                            .isPresent())
                    .forEach(
                            handle ->
                                    handle.info()
                                            .totalCpuDuration()
                                            .map(Duration::toMillis)
                                            .ifPresent(ms -> cpuMsByPid.put(handle.pid(), ms)));
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        sampler.interrupt();
    }
}
