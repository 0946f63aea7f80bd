package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCountTest {
    @TempDir Path work;

    @Test
    void countsTheWordsOfARealText() throws Exception {
        Path input = Files.createDirectories(work.resolve("in"));
        Files.write(input.resolve("text"), Corpus.text());

        WordCount.main(
                new String[] {
                    "--input", input.toString(), "--output", work.resolve("out").toString()
                });

        assertThat(linesOf(work.resolve("out")))
                .containsExactlyInAnyOrderElementsOf(expected(Corpus.text()));
    }

    @Test
    void streamingEndsWithTheSameCounts() throws Exception {
        Path input = Files.createDirectories(work.resolve("in"));
        byte[] text =
                "To be, or not to be.\nThat is the question: to be."
                        .getBytes(StandardCharsets.UTF_8);
        Files.write(input.resolve("text"), text);

        WordCount.main(
                new String[] {
                    "--input", input.toString(),
                    "--output", work.resolve("out").toString(),
                    "--mode", "streaming"
                });

        assertThat(linesOf(work.resolve("out"))).containsAll(expected(text)).contains("(to,1)");
    }

    @Test
    void saysWhichArgumentIsMissing() {
        assertThatThrownBy(() -> WordCount.main(new String[] {"--input", "x"}))
                .hasMessage("--output is missing");
    }

    private static List<String> linesOf(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(
                            file -> {
                                try {
                                    return Files.readAllLines(file).stream();
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            })
                    .toList();
        }
    }

    private static List<String> expected(byte[] text) {
        Map<String, Integer> counts = new HashMap<>();
        for (String word :
                new String(text, StandardCharsets.UTF_8).toLowerCase().split("[^a-z0-9]+")) {
            if (!word.isEmpty()) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .map(count -> "(" + count.getKey() + "," + count.getValue() + ")")
                .toList();
    }
}
