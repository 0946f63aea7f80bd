package io.millrace.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Asks the operating system about memory. Stateless; any thread. */
@FunctionalInterface
interface MemoryReader {
    /** The resident memory of this process in bytes; empty where nobody tells. */
    OptionalLong residentBytes();

    /** Linux: {@code VmRSS} in {@code /proc/self/status}. */
    static MemoryReader ofThisProcess() {
        return () -> field(Path.of("/proc/self/status"), "VmRSS:");
    }

    /** The memory of the machine, or of the control group that this process is confined to. */
    static long machineBytes() {
        long machine =
                field(Path.of("/proc/meminfo"), "MemTotal:")
                        .orElse(2 * Runtime.getRuntime().maxMemory());
        long group =
                Math.min(
                        number(Path.of("/sys/fs/cgroup/memory.max")),
                        number(Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes")));
        return Math.min(machine, group);
    }

    /** A line {@code name: number kB} of a file of the kernel. */
    static OptionalLong field(Path file, String name) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(name)) {
                    String[] words = line.substring(name.length()).trim().split(" +");
                    return OptionalLong.of(Long.parseLong(words[0]) << 10);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Another system, or one that hides it: then there is nothing to watch.
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readString(file).trim());
        } catch (IOException | NumberFormatException e) {
            // Not there, or "max".
            return Long.MAX_VALUE;
        }
    }
}
