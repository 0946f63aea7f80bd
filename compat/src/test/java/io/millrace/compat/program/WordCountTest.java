package io.millrace.compat.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink's WordCount of both generations gives what it gives on Flink. */
@Timeout(60)
class WordCountTest {
    private static final String MAIN = "org.apache.flink.streaming.examples.wordcount.WordCount";

    /** Of the sorted lines that it prints on Flink, three of them advice, each with a line feed. */
    private static final String FLINKS_LINES =
            "4d9058819e9554a1609d17433bbbc612802fc4d03c6309e454f1785d4e7643a3";

    private static final int ADVICE = 3;

    @TempDir private Path output;

    @ParameterizedTest
    @ValueSource(strings = {FlinkJar.EXAMPLES_1, FlinkJar.EXAMPLES_2})
    void printsTheLinesThatItPrintsOnFlink(String jar) throws Exception {
        assertThat(printed(jar)).hasSize(290).satisfies(WordCountTest::areFlinksLines);
    }

    @ParameterizedTest
    @ValueSource(strings = {FlinkJar.EXAMPLES_1, FlinkJar.EXAMPLES_2})
    void writesTheSameLinesIntoFiles(String jar) throws Exception {
        try (FlinkJar program = FlinkJar.open(jar, 2)) {
            program.run(MAIN, "--output", output.toUri().toString());
        }

        assertThat(written())
                .hasSize(290 - ADVICE)
                .containsExactlyElementsOf(
                        printed(jar).stream().filter(line -> line.startsWith("(")).toList());
    }

    private static List<String> printed(String jar) throws Exception {
        try (FlinkJar program = FlinkJar.open(jar, 2);
                Printed printed = Printed.open(1)) {
            program.run(MAIN);
            return printed.lines().stream().sorted().toList();
        }
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(WordCountTest::lines)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void areFlinksLines(List<? extends String> sorted) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String line : sorted) {
                digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(FLINKS_LINES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
