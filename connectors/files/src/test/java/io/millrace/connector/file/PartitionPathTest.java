package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionPathTest {
    @TempDir java.nio.file.Path work;

    @Test
    void directoriesAreNamedByTheValuesOfFields() {
        PartitionBucketAssigner<String> assigner =
                PartitionBucketAssigner.by("dt", (String s) -> LocalDate.of(2026, 1, 1))
                        .and("city", s -> s);
        assertThat(assigner.getBucketId("a/b", null)).isEqualTo("dt=2026-01-01/city=a%2Fb");
        assertThat(assigner.getBucketId("", null))
                .isEqualTo("dt=2026-01-01/city=__HIVE_DEFAULT_PARTITION__");
    }

    @Test
    void anyTextIsReadAsItWasWritten() {
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder("x");
            for (int c = random.nextInt(8); c > 0; c--) {
                text.append((char) random.nextInt(200));
            }
            Path file = new Path("/out/" + PartitionPath.directory("k", text) + "/part-0");
            assertThat(PartitionPath.values(file)).isEqualTo(Map.of("k", text.toString()));
        }
    }

    @Test
    void nullIsReadAsNull() {
        Path file = new Path("/out/" + PartitionPath.directory("k", null) + "/part-0");
        assertThat(PartitionPath.values(file)).containsEntry("k", null);
    }

    @Test
    void recordsGetTheValuesOfTheirDirectories() throws IOException {
        java.nio.file.Path directory = Files.createDirectories(work.resolve("dt=1/city=b"));
        Files.writeString(directory.resolve("part"), "x\ny\n");
        Path path = Path.fromLocalFile(directory.resolve("part").toFile());
        PartitionedFormat<String, String> format =
                PartitionedFormat.of(
                        new TextLineInputFormat(),
                        (line, partition) -> line + partition,
                        Types.STRING);
        FileSourceSplit split = new FileSourceSplit("1", path, 0, 4, 0, 4);
        try (var reader = format.createReader(new Configuration(), split)) {
            var batch = reader.readBatch();
            assertThat(batch.next().getRecord()).isEqualTo("x{dt=1, city=b}");
            RecordAndPosition<String> second = batch.next();
            assertThat(second.getRecord()).isEqualTo("y{dt=1, city=b}");
            assertThat(second.getOffset()).isEqualTo(4);
            assertThat(batch.next()).isNull();
        }
    }
}
