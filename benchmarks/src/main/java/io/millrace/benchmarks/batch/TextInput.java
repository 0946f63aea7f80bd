package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.job.Mix;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Lines of words at random by a seed, a few of which are frequent: the n-th of so many words comes
 * about as often as 1/n. Files of equal size.
 */
final class TextInput {
    private static final int WORDS = 200_000;
    private static final int WORDS_OF_LINE = 12;
    private static final int FILES = 8;
    private static final long SEED = 7;

    private TextInput() {}

    /** Writes about so many bytes, the same ones each time; gives the number of words. */
    static long write(Path directory, long bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[][] words = words(random);
        double logarithm = Math.log(WORDS);
        Files.createDirectories(directory);
        long count = 0;
        for (int file = 0; file < FILES; file++) {
            Path path = directory.resolve("text-" + file);
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
                for (long left = bytes / FILES; left > 0; ) {
                    for (int i = 1; i <= WORDS_OF_LINE; i++) {
                        // e^(u ln n) has a density of 1/x
                        int which = (int) Math.exp(random.nextDouble() * logarithm) - 1;
                        out.write(words[which]);
                        out.write(i == WORDS_OF_LINE ? '\n' : ' ');
                        left -= words[which].length + 1;
                        count++;
                    }
                }
            }
        }
        return count;
    }

    private static byte[][] words(SplittableRandom random) {
        byte[][] words = new byte[WORDS][];
        for (int i = 0; i < WORDS; i++) {
            words[i] = new byte[2 + random.nextInt(3) + (int) Math.log(i + 1)];
            for (int j = 0; j < words[i].length; j++) {
                words[i][j] = (byte) ('a' + random.nextInt(26));
            }
        }
        return words;
    }

    /** Counted words of an output: {@code word,count} in each line, perhaps in parentheses. */
    static Answer read(Path directory) throws IOException {
        long words = 0;
        long checksum = 0;
        for (Path file : Outputs.files(directory)) {
            try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    boolean bracketed = line.startsWith("(");
                    int comma = line.lastIndexOf(',');
                    String word = line.substring(bracketed ? 1 : 0, comma);
                    long count =
                            Long.parseLong(
                                    line.substring(comma + 1, line.length() - (bracketed ? 1 : 0)));
                    words++;
                    checksum += Mix.of(word.hashCode() * 31L + count);
                }
            }
        }
        return new Answer(words, checksum);
    }
}
