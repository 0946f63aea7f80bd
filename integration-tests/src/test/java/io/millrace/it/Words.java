package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Texts, and what WordCount must say of them, without the engine. Pure. */
final class Words {
    private static final String[] WORDS =
            ("the and of to in that he shall unto for i his a lord they be is him not them it with"
                            + " all thou thy was god which my me said but ye their have will thee from as are"
                            + " when this out were upon man you by israel king son up there then people")
                    .split(" ");

    private Words() {}

    static String text(long seed, int lines) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            int words = 1 + random.nextInt(15);
            for (int word = 0; word < words; word++) {
                // A few frequent words, and many that are rare.
                text.append(
                                random.nextInt(4) > 0
                                        ? WORDS[random.nextInt(WORDS.length)]
                                        : "w" + random.nextInt(20_000))
                        .append(word == words - 1 ? ".\n" : " ");
            }
        }
        return text.toString();
    }

    static Map<String, Integer> counts(String text) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String word : text.toLowerCase().split("[^a-z0-9]+")) {
            if (!word.isEmpty()) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Lines of the form {@code (word,count)}; each word must be there once. */
    static Map<String, Integer> parse(String output) {
        Map<String, Integer> counts = new TreeMap<>();
        output.lines()
                .forEach(
                        line -> {
                            int comma = line.lastIndexOf(',');
                            Integer before =
                                    counts.put(
                                            line.substring(1, comma),
                                            Integer.valueOf(
                                                    line.substring(comma + 1, line.length() - 1)));
                            assertThat(before).as("counted twice: %s", line).isNull();
                        });
        return counts;
    }
}
