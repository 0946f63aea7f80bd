package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencesTest {
    private static final int RECORDS = 20_000;
    private static final int KEYS = 100;

    @TempDir Path work;

    @Test
    void everyNumberComesOnceWithoutFaults() throws Exception {
        run(0);

        assertEachNumberOnce(linesOf(work.resolve("out")));
    }

    @Test
    void everyNumberComesOnceThoughAttemptsFail() throws Exception {
        run(2);

        assertEachNumberOnce(linesOf(work.resolve("out")));
    }

    private void run(int failures) throws Exception {
        Sequences.main(
                new String[] {
                    "--output", work.resolve("out").toString(),
                    "--records", String.valueOf(RECORDS),
                    "--keys", String.valueOf(KEYS),
                    "--rate", "10000",
                    "--interval", "200",
                    "--failures", String.valueOf(failures)
                });
    }

    private static void assertEachNumberOnce(List<String> lines) {
        assertThat(lines).noneMatch(line -> line.startsWith("GAP"));
        Set<String> distinct = new HashSet<>(lines);
        assertThat(lines).hasSize(distinct.size()).hasSize(RECORDS);
    }

    private static List<String> linesOf(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.getFileName().toString()).doesNotStartWith(".");
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
