package io.millrace.benchmarks.updates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The beats of all tasks of a job, read. Immutable. */
final class BeatLines {
    private final List<Line> lines;

    private record Line(long atMs, long count, String[] words) {}

    private BeatLines(List<Line> lines) {
        this.lines = lines;
    }

    /** Those that are whole; a process that was killed may have left half a line. */
    static BeatLines in(Path directory) throws IOException {
        List<Line> lines = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(file -> file.toString().endsWith(".beats")).toList();
        }
        for (Path file : files) {
            String text = Files.readString(file);
            for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
                String[] words = line.split(" ");
                if (words.length > 1) {
                    lines.add(new Line(Long.parseLong(words[0]), Long.parseLong(words[1]), words));
                }
            }
        }
        return new BeatLines(lines);
    }

    /** How many records in {@code (fromMs, toMs]}. */
    long count(long fromMs, long toMs) {
        return lines.stream()
                .filter(line -> line.atMs > fromMs && line.atMs <= toMs)
                .mapToLong(Line::count)
                .sum();
    }

    double perSecond(long fromMs, long toMs) {
        return count(fromMs, toMs) * 1000.0 / (toMs - fromMs);
    }

    /** When a task first did something after that; -1 if none has. */
    long firstAfter(long fromMs) {
        return lines.stream().mapToLong(Line::atMs).filter(atMs -> atMs > fromMs).min().orElse(-1);
    }

    Lateness lateness(long fromMs, long toMs) {
        Lateness all = new Lateness();
        lines.stream()
                .filter(line -> line.atMs > fromMs && line.atMs <= toMs)
                .forEach(line -> all.add(line.words, 2));
        return all;
    }

    /**
     * The end of the first span of that length, beginning after {@code fromMs}, with at least so
     * many records a second; -1 if there is none yet.
     */
    long firstSpan(long fromMs, long untilMs, long spanMs, double perSecond) {
        for (long begin = fromMs; begin + spanMs <= untilMs; begin += 50) {
            if (perSecond(begin, begin + spanMs) >= perSecond) {
                return begin + spanMs;
            }
        }
        return -1;
    }
}
