package io.millrace.benchmarks.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one sink saw: how many records, the sum of their mixed hashes (the same for every order of
 * the same records), and latencies where a workload has them. Confined to its sink; travels as a
 * file, since sinks may run in other processes.
 */
public final class Tally {
    private static final int STEPS = 32;

    private long count;
    private long hash;
    private final Map<String, Long> figures = new TreeMap<>();
    // Latencies by size: 32 steps in each power of two of nanoseconds, so 3 % wide.
    private final long[] latencies = new long[64 * STEPS];

    /** Of records that were counted elsewhere. */
    public static Tally of(long count, long hash) {
        Tally tally = new Tally();
        tally.count = count;
        tally.hash = hash;
        return tally;
    }

    public void add(long recordHash) {
        count++;
        hash += Mix.of(recordHash);
    }

    /** A result of so many records, whose latency matters, but not its content. */
    public void addLatency(long nanos, long records) {
        count += records;
        latencies[bucket(Math.max(1, nanos))]++;
    }

    /** Something that only one subtask of a job measures. */
    void figure(String name, long value) {
        figures.put(name, value);
    }

    private static int bucket(long nanos) {
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        long step = exponent >= 5 ? nanos >>> exponent - 5 : nanos << 5 - exponent;
        return exponent * STEPS + (int) (step & STEPS - 1);
    }

    private static long upperEnd(int bucket) {
        int exponent = bucket / STEPS;
        long step = STEPS + bucket % STEPS + 1;
        return exponent >= 5 ? step << exponent - 5 : step >>> 5 - exponent;
    }

    /**
     * Leaves this in a file of its own, in place of what an attempt before has left: an engine that
     * runs a task again must not fail for it.
     */
    public void leave(Path directory, String name) {
        StringBuilder text = new StringBuilder();
        text.append(count).append(' ').append(hash);
        figures.forEach(
                (figure, value) -> text.append(' ').append(figure).append('=').append(value));
        for (int i = 0; i < latencies.length; i++) {
            if (latencies[i] != 0) {
                text.append(' ').append(i).append(':').append(latencies[i]);
            }
        }
        try {
            Path unfinished = directory.resolve(name + ".part");
            Files.writeString(unfinished, text);
            Files.move(
                    unfinished,
                    directory.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sum of all that lie in a directory. */
    public static Tally merged(Path directory) throws IOException {
        Tally all = new Tally();
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.toList();
        }
        for (Path file : files) {
            all.take(Files.readString(file).split(" "));
        }
        return all;
    }

    private void take(String[] words) {
        count += Long.parseLong(words[0]);
        hash += Long.parseLong(words[1]);
        for (int i = 2; i < words.length; i++) {
            String[] pair = words[i].split("[:=]");
            long value = Long.parseLong(pair[1]);
            if (words[i].contains("=")) {
                figures.put(pair[0], value);
            } else {
                latencies[Integer.parseInt(pair[0])] += value;
            }
        }
    }

    public long count() {
        return count;
    }

    /** The sum of the mixed hashes. */
    public long hash() {
        return hash;
    }

    /** As {@code key=value} pairs. */
    String figures() {
        StringBuilder text = new StringBuilder("count=" + count + " hash=" + hash);
        figures.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
        long measured = 0;
        for (long one : latencies) {
            measured += one;
        }
        if (measured > 0) {
            text.append(" p50Nanos=").append(quantile(measured, 0.5));
            text.append(" p99Nanos=").append(quantile(measured, 0.99));
            text.append(" p999Nanos=").append(quantile(measured, 0.999));
        }
        return text.toString();
    }

    private long quantile(long measured, double share) {
        long wanted = (long) Math.ceil(measured * share);
        long seen = 0;
        for (int i = 0; i < latencies.length; i++) {
            seen += latencies[i];
            if (seen >= wanted) {
                return upperEnd(i);
            }
        }
        throw new IllegalStateException("fewer than " + measured + " latencies");
    }
}
