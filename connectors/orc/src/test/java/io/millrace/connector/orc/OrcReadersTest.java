package io.millrace.connector.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Configuration;
import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.connector.file.BulkFormat;
import io.millrace.connector.file.CheckpointedPosition;
import io.millrace.connector.file.FileSourceSplit;
import io.millrace.connector.file.RecordAndPosition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.orc.CompressionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrcReadersTest {
    @TempDir Path work;

    /** A plain class, with setters and public fields. */
    public static class Trip {
        public long id;
        public String city;
        private Double distance;

        public Double getDistance() {
            return distance;
        }

        public void setDistance(Double distance) {
            this.distance = distance;
        }
    }

    /** A column of each type. */
    public record Full(
            long id,
            String city,
            Double distance,
            Boolean truth,
            Byte tiny,
            Short small,
            Integer number,
            Float measure,
            String code,
            byte[] raw,
            LocalDate day,
            LocalDateTime at,
            Instant since,
            BigDecimal price) {}

    /** Columns in wider types, and one that files lack. */
    public record Wide(Integer tiny, Long small, Long number, Double measure, String unknown) {}

    /** What no column can be put into. */
    public record WrongTrip(int city) {}

    /** A column that is null in some rows. */
    public record Primitive(double distance) {}

    /** A column that files lack, which cannot be null. */
    public record Lacking(int unknown) {}

    /** A nested column, of another structure. */
    public record Tagged(Map<String, String> tags) {}

    @ParameterizedTest
    @EnumSource(names = {"NONE", "ZLIB", "SNAPPY", "LZ4", "ZSTD"})
    void readsEachTypeOfColumn(CompressionKind kind) throws IOException {
        List<Full> read = read(OrcReaders.forClass(Full.class), whole(file(3_000, 1_000, kind)));

        assertThat(read).hasSize(3_000);
        for (int row : new int[] {0, 1, 57, 1_023, 1_024, 2_048, 2_998}) {
            Full full = read.get(row);
            LocalDateTime at = LocalDateTime.ofEpochSecond(row - 100, row, ZoneOffset.UTC);
            assertThat(full)
                    .usingRecursiveComparison()
                    .isEqualTo(
                            new Full(
                                    row,
                                    "city " + row % 7,
                                    row / 2.0,
                                    row % 2 == 1,
                                    (byte) row,
                                    (short) (row * 3),
                                    row * 7919,
                                    row / 4f,
                                    full.code(),
                                    ("raw" + row).getBytes(StandardCharsets.UTF_8),
                                    LocalDate.ofEpochDay(row - 5),
                                    at,
                                    at.toInstant(ZoneOffset.UTC),
                                    new BigDecimal(row).movePointLeft(2).setScale(2)));
            assertThat(full.code().trim()).isEqualTo("c" + row % 10);
        }
        assertThat(read.get(2_999))
                .usingRecursiveComparison()
                .isEqualTo(
                        new Full(
                                2_999, null, null, null, null, null, null, null, null, null, null,
                                null, null, null));
    }

    @Test
    void readsPlainClasses() throws IOException {
        List<Trip> read = read(OrcReaders.forClass(Trip.class), whole(file(100)));
        assertThat(read).hasSize(100);
        assertThat(read.get(98).id).isEqualTo(98);
        assertThat(read.get(98).city).isEqualTo("city 0");
        assertThat(read.get(98).getDistance()).isEqualTo(49);
        assertThat(read.get(99).getDistance()).isNull();
    }

    @Test
    void readsRowsOfSomeColumnsInTheirOrder() throws IOException {
        RowTypeInfo columns =
                new RowTypeInfo(
                        new TypeInformation<?>[] {Types.DOUBLE, Types.STRING, Types.LONG},
                        new String[] {"distance", "unknown", "id"});
        assertThat(read(OrcReaders.forRow(columns), whole(file(3))))
                .containsExactly(
                        Row.of(0.0, null, 0L), Row.of(0.5, null, 1L), Row.of(1.0, null, 2L));
    }

    @Test
    void numbersBecomeWiderOnesAndWhatTheFileLacksIsNull() throws IOException {
        assertThat(read(OrcReaders.forClass(Wide.class), whole(file(2))).get(1))
                .isEqualTo(new Wide(1, 3L, 7919L, 0.25, null));
    }

    @Test
    void saysWhichColumnDoesNotFitTheProgram() throws IOException {
        FileSourceSplit split = whole(file(20));
        assertThatThrownBy(() -> read(OrcReaders.forClass(WrongTrip.class), split))
                .hasMessageStartingWith("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining(
                        "a.orc: column 'city' is 'string', which cannot become a int");
        assertThatThrownBy(() -> read(OrcReaders.forClass(Tagged.class), split))
                .hasMessageStartingWith("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining(
                        "column 'tags' is 'array<string>', which cannot become a Map");
        assertThatThrownBy(() -> read(OrcReaders.forClass(Lacking.class), split))
                .hasMessageStartingWith("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining("no column 'unknown'");
        assertThatThrownBy(() -> read(OrcReaders.forClass(Primitive.class), split))
                .hasMessageStartingWith("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining("column 'distance': a value is null");
        assertThatThrownBy(() -> OrcReaders.forClass(String.class))
                .hasMessageStartingWith("PROGRAM_INVALID");
    }

    @Test
    void splitsTogetherGiveEachRowOnce() throws IOException {
        io.millrace.api.file.Path file = file(5_000, 700, CompressionKind.ZLIB);
        long size = Files.size(work.resolve("a.orc"));
        for (int parts : new int[] {1, 2, 3, 7, 40}) {
            List<Long> ids = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                long from = size * part / parts;
                long to = size * (part + 1) / parts;
                read(
                                OrcReaders.forClass(Trip.class),
                                new FileSourceSplit("s" + part, file, from, to - from, 0, size))
                        .forEach(trip -> ids.add(trip.id));
            }
            assertThat(ids)
                    .as("%d parts", parts)
                    .containsExactlyElementsOf(LongStream.range(0, 5_000).boxed().toList());
        }
    }

    @Test
    void goesOnFromEachPosition() throws IOException {
        io.millrace.api.file.Path file = file(2_500, 900, CompressionKind.ZSTD);
        FileSourceSplit split = whole(file);
        OrcFormat<Trip> format = OrcReaders.forClass(Trip.class);
        List<CheckpointedPosition> positions = new ArrayList<>();
        try (BulkFormat.Reader<Trip> reader = format.createReader(new Configuration(), split)) {
            BulkFormat.RecordIterator<Trip> batch = reader.readBatch();
            while (batch != null) {
                RecordAndPosition<Trip> next = batch.next();
                while (next != null) {
                    positions.add(
                            new CheckpointedPosition(next.getOffset(), next.getRecordSkipCount()));
                    next = batch.next();
                }
                batch.releaseBatch();
                batch = reader.readBatch();
            }
        }
        assertThat(positions).hasSize(2_500);
        for (int read : new int[] {1, 899, 900, 901, 1_024, 1_800, 2_499, 2_500}) {
            FileSourceSplit rest = split.updateWithCheckpointedPosition(positions.get(read - 1));
            List<Trip> left = new ArrayList<>();
            try (BulkFormat.Reader<Trip> reader = format.restoreReader(new Configuration(), rest)) {
                drain(reader, left);
            }
            assertThat(left).as("after %d", read).hasSize(2_500 - read);
            if (read < 2_500) {
                assertThat(left.get(0).id).isEqualTo(read);
            }
        }
    }

    @Test
    void aFileWithoutRowsHasNone() throws IOException {
        assertThat(read(OrcReaders.forClass(Trip.class), whole(file(0)))).isEmpty();
    }

    private io.millrace.api.file.Path file(int rows) throws IOException {
        return file(rows, 1_000, CompressionKind.ZLIB);
    }

    private io.millrace.api.file.Path file(int rows, int stripeRows, CompressionKind kind)
            throws IOException {
        Path path = work.resolve("a.orc");
        WrittenFile.write(path, rows, stripeRows, kind);
        return new io.millrace.api.file.Path(path.toUri());
    }

    private static FileSourceSplit whole(io.millrace.api.file.Path file) throws IOException {
        long size = file.getFileSystem().getFileStatus(file).getLen();
        return new FileSourceSplit("1", file, 0, size, 0, size);
    }

    private static <T> List<T> read(BulkFormat<T, FileSourceSplit> format, FileSourceSplit split)
            throws IOException {
        List<T> records = new ArrayList<>();
        try (BulkFormat.Reader<T> reader = format.createReader(new Configuration(), split)) {
            drain(reader, records);
        }
        return records;
    }

    private static <T> void drain(BulkFormat.Reader<T> reader, List<T> into) throws IOException {
        BulkFormat.RecordIterator<T> batch = reader.readBatch();
        while (batch != null) {
            RecordAndPosition<T> next = batch.next();
            while (next != null) {
                into.add(next.getRecord());
                next = batch.next();
            }
            batch.releaseBatch();
            batch = reader.readBatch();
        }
    }
}
