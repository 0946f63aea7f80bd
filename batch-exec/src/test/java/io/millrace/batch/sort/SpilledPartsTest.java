package io.millrace.batch.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.type.Types;
import io.millrace.runtime.serde.Serializers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpilledPartsTest {
    private static final int PARTS = 5;
    private static final long LONGEST = 20_000;

    @TempDir Path directory;

    private Path spill() {
        return directory.resolve("spill");
    }

    private SpilledParts<Object> parts() {
        return new SpilledParts<>(
                PARTS,
                new RecordForm<>(
                        Serializers.of(Types.STRING, SpilledPartsTest.class.getClassLoader())),
                SortSettings.of(spill(), SortSettings.MIN_MEMORY_BYTES, "test.memory"),
                LONGEST);
    }

    private static String text(int number) {
        return number + "x".repeat(number % 50 == 0 ? 15_000 : 20); // some are longer than a block
    }

    /** To all parts but the last one. */
    private static void add(SpilledParts<Object> parts, int records) {
        for (int i = 0; i < records; i++) {
            parts.add(i % (PARTS - 1), -i, text(i));
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(spill())) {
            return files.toList();
        }
    }

    @Test
    void givesTheRecordsOfEachPartAsTheyCame() throws IOException {
        try (SpilledParts<Object> parts = parts()) {
            add(parts, 4_000);
            parts.end();
            for (int part = 0; part < PARTS - 1; part++) {
                List<Object> read = new ArrayList<>();
                try (SpilledParts<Object>.PartRecords records = parts.read(part)) {
                    assertThat(records.count()).isEqualTo(1_000);
                    while (records.advance()) {
                        assertThat(records.keyHash()).isEqualTo(-part - 4 * read.size());
                        read.add(records.record());
                    }
                    assertThat(records.advance()).isFalse();
                }
                for (int i = 0; i < 1_000; i++) {
                    assertThat(read.get(i)).isEqualTo(text(part + 4 * i));
                }
                assertThat(files()).hasSize(PARTS - 2 - part);
            }
            assertThat(parts.has(PARTS - 1)).isFalse();
        }
        assertThat(spill()).doesNotExist();
    }

    @Test
    void refusesWhatIsTooLongAndGoesOn() {
        try (SpilledParts<Object> parts = parts()) {
            parts.add(0, 1, "before");
            assertThatThrownBy(() -> parts.add(0, 2, "y".repeat((int) LONGEST)))
                    .hasMessageStartingWith("RECORD_TOO_LARGE: a record of 2000")
                    .hasMessageContaining("for records of 20000")
                    .hasMessageContaining("Raise test.memory to 2 times");
            parts.add(0, 3, "behind");
            parts.end();
            try (SpilledParts<Object>.PartRecords records = parts.read(0)) {
                assertThat(records.advance()).isTrue();
                assertThat(records.record()).isEqualTo("before");
                assertThat(records.advance()).isTrue();
                assertThat(records.record()).isEqualTo("behind");
                assertThat(records.advance()).isFalse();
            }
        }
    }

    @Test
    void namesTheFileAndTheOffsetOfABlockThatHasChanged() throws IOException {
        try (SpilledParts<Object> parts = parts()) {
            add(parts, 4_000);
            parts.end();
            for (Path file : files()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
            assertThatThrownBy(
                            () -> {
                                SpilledParts<Object>.PartRecords records = parts.read(2);
                                while (records.advance()) {
                                    records.record();
                                }
                            })
                    .hasMessageStartingWith("STORAGE_FAILED: " + spill())
                    .hasMessageContaining("-2.part")
                    .hasMessageContaining("at offset ");
        }
        assertThat(spill()).doesNotExist();
    }

    @Test
    void leavesNoFilesWhereItIsClosedBeforeItsEnd() throws IOException {
        try (SpilledParts<Object> parts = parts()) {
            add(parts, 4_000);
            assertThat(files()).hasSize(PARTS - 1);
        }
        assertThat(spill()).doesNotExist();
    }

    static List<FaultPoint> points() {
        return FaultPoint.of(FaultPoint.Room.SPILL);
    }

    @AfterEach
    void clearFaults() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    @ParameterizedTest
    @MethodSource("points")
    void leavesNoFilesWhereStorageFails(FaultPoint point) {
        System.setProperty(FaultPoint.CRASH_HOW, "fail");
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        try (SpilledParts<Object> parts = parts()) {
            assertThatThrownBy(
                            () -> {
                                add(parts, 4_000);
                                parts.end();
                            })
                    .hasMessageStartingWith("STORAGE_FAILED: " + spill())
                    .hasMessageContaining(point.name());
        }
        assertThat(spill()).doesNotExist();
    }
}
