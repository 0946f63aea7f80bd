package io.millrace.benchmarks.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Looks at a process and its directory some times a second: the most memory that it ever had, and
 * the most disk of all looks. Confined to the thread that waits for the process.
 */
final class Watched {
    private final Path status;
    private final Path directory;
    private long peakMemoryKb;
    private long peakDiskBytes;

    Watched(long pid, Path directory) {
        this.status = Path.of("/proc/" + pid + "/status");
        this.directory = directory;
    }

    void look() throws IOException {
        peakDiskBytes = Math.max(peakDiskBytes, Outputs.bytes(directory));
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    peakMemoryKb = Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (NoSuchFileException e) {
            // it has ended; the last look holds
        } catch (IOException e) {
            if (Files.exists(status)) {
                throw e; // not because it ended while it was read
            }
        }
    }

    long peakMemoryKb() {
        return peakMemoryKb;
    }

    long peakDiskBytes() {
        return peakDiskBytes;
    }
}
