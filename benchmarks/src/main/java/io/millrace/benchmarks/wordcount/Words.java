package io.millrace.benchmarks.wordcount;

import java.util.function.Consumer;

/** Splits a line into lower-case words; the same code in all engines. Pure. */
public final class Words {
    private Words() {}

    public static void forEach(String line, Consumer<String> sink) {
        int start = -1;
        for (int i = 0; i <= line.length(); i++) {
            boolean letter = i < line.length() && Character.isLetterOrDigit(line.charAt(i));
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                sink.accept(line.substring(start, i).toLowerCase(java.util.Locale.ROOT));
                start = -1;
            }
        }
    }
}
