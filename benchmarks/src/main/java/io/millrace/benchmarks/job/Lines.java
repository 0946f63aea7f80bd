package io.millrace.benchmarks.job;

import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/** Lines of ten words, with a few words in most lines and many in few, as in a text. Pure. */
public final class Lines {
    public static final int WORDS = 10;

    private static final int VOCABULARY = 20_000;
    private static final String[] LINES = lines();

    private Lines() {}

    private static String[] lines() {
        Random random = new Random(7);
        String[] lines = new String[8192];
        for (int i = 0; i < lines.length; i++) {
            StringBuilder line = new StringBuilder();
            for (int word = 0; word < WORDS; word++) {
                // The rank of a word is exponential of something even: Zipf's law.
                int rank = (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY));
                line.append(word == 0 ? "" : " ").append(wordOf(rank));
            }
            lines[i] = line.append('.').toString();
        }
        return lines;
    }

    /** Two to seven letters, mostly different for different ranks. */
    private static String wordOf(int rank) {
        StringBuilder word = new StringBuilder();
        long bits = Mix.of(rank) >>> 1;
        int letters = 2 + Math.min(5, Integer.toString(rank).length());
        for (int i = 0; i < letters; i++) {
            word.append((char) ((i == 0 && rank % 7 == 0 ? 'A' : 'a') + bits % 26));
            bits /= 26;
        }
        return word.toString();
    }

    public static String line(long number) {
        return LINES[(int) number & LINES.length - 1];
    }

    /** Splits a line into lower-case words; the same code in all engines. */
    public static void words(String line, Consumer<String> sink) {
        int start = -1;
        for (int i = 0; i <= line.length(); i++) {
            boolean letter = i < line.length() && Character.isLetterOrDigit(line.charAt(i));
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                sink.accept(line.substring(start, i).toLowerCase(Locale.ROOT));
                start = -1;
            }
        }
    }
}
