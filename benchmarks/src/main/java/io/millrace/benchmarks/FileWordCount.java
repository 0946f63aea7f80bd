package io.millrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * WordCount of files on Millrace and on Flink, one after the other. Input is a text file or a
 * directory of them on this machine; the cluster workload puts it on the sandbox's HDFS.
 */
final class FileWordCount {
    private FileWordCount() {}

    /**
     * @param args {@code INPUT [embedded|cluster|all] [RUNS]}
     */
    static void run(Setup setup, List<String> args) throws IOException, InterruptedException {
        if (args.isEmpty()) {
            throw new IllegalArgumentException("wanted: files INPUT [embedded|cluster|all] [RUNS]");
        }
        Path input = Path.of(args.get(0)).toAbsolutePath();
        String which = args.size() > 1 ? args.get(1) : "all";
        int runs = args.size() > 2 ? Integer.parseInt(args.get(2)) : 5;
        Corpus corpus = Corpus.of(input);
        PrintStream out = System.out;
        out.printf(
                "input %s: %.1f MB, %,d lines, %,d words%n",
                input, corpus.bytes() / 1e6, corpus.lines(), corpus.words());
        out.println(
                "workload              engine     run 0 wall/cpu s   warm wall/cpu s (median)"
                        + "   words per cpu-second (warm)");
        List<Comparison> comparisons = new ArrayList<>();
        if (!which.equals("cluster")) {
            comparisons.add(new EmbeddedWordCount(setup, corpus, "batch").compare(runs));
            comparisons.add(new EmbeddedWordCount(setup, corpus, "streaming").compare(runs));
        }
        if (!which.equals("embedded")) {
            comparisons.add(new ClusterWordCount(setup, corpus).compare(Math.min(3, runs)));
        }
        comparisons.forEach(comparison -> comparison.print(out, corpus.words()));
    }

    /** What the input is made of. Immutable. */
    record Corpus(Path path, long bytes, long lines, long words) {
        static Corpus of(Path path) throws IOException {
            long bytes = 0;
            long lines = 0;
            long words = 0;
            List<Path> files = new ArrayList<>();
            try (var walk = Files.walk(path)) {
                walk.filter(Files::isRegularFile).forEach(files::add);
            }
            for (Path file : files) {
                bytes += Files.size(file);
                try (var reader = Files.newBufferedReader(file)) {
                    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                        lines++;
                        boolean inWord = false;
                        for (int i = 0; i < line.length(); i++) {
                            boolean letter = Character.isLetterOrDigit(line.charAt(i));
                            words += letter && !inWord ? 1 : 0;
                            inWord = letter;
                        }
                    }
                }
            }
            return new Corpus(path, bytes, lines, words);
        }
    }
}
