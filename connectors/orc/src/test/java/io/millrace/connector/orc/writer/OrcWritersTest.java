package io.millrace.connector.orc.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.connector.orc.OrcReaders;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcProto;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrcWritersTest {
    @TempDir Path work;

    /** A column of each type. */
    public record Full(
            long id,
            boolean truth,
            byte tiny,
            short small,
            int number,
            float measure,
            double distance,
            String city,
            LocalDate day,
            LocalDateTime at,
            Instant since,
            BigDecimal price) {}

    /** A plain class, with a getter and public fields. */
    public static class Trip {
        public long id;
        private String city;
        public List<Point> path;
        public Map<String, Double> weights;

        public String getCity() {
            return city;
        }

        public void setCity(String city) {
            this.city = city;
        }
    }

    /** A part of a trip. */
    public record Point(Integer x, int y) {}

    /** Bytes have no equality of their own. */
    public record Raw(byte[] raw) {}

    private static Full full(int row) {
        return new Full(
                row,
                row % 2 == 0,
                (byte) row,
                (short) (row * 3),
                row * 7_919,
                row / 4f,
                row / 2.0,
                row % 10 == 9 ? null : "Köln " + row % 7,
                row % 10 == 8 ? null : LocalDate.ofEpochDay(row - 800_000L),
                row % 10 == 7
                        ? null
                        : LocalDateTime.of(1969, 12, 31, 23, 59, 50).plusNanos(row * 1_001_001L),
                row % 10 == 6 ? null : Instant.ofEpochSecond(row - 1_500L, row * 100L),
                row % 10 == 5 ? null : new BigDecimal(row).movePointLeft(2).setScale(18));
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "ZLIB", "SNAPPY", "LZ4", "ZSTD"})
    void whatIsWrittenIsRead(CompressionKind kind) throws IOException {
        List<Full> records = IntStream.range(0, 3_000).mapToObj(OrcWritersTest::full).toList();
        Path file = work.resolve("a.orc");

        Written.write(OrcWriters.forClass(Full.class, kind), records, file);

        List<Full> read = Written.read(OrcReaders.forClass(Full.class), file);
        assertThat(read).hasSameSizeAs(records);
        for (int row = 0; row < records.size(); row++) {
            assertThat(read.get(row)).isEqualTo(records.get(row));
        }
        try (Reader reader = Written.open(file)) {
            assertThat(reader.getCompressionKind()).isEqualTo(kind);
            assertThat(reader.getNumberOfRows()).isEqualTo(3_000);
        }
    }

    @Test
    void orcCoreReadsTheSameValues() throws IOException {
        Path file = work.resolve("a.orc");
        Written.write(
                OrcWriters.forClass(Full.class),
                IntStream.range(0, 100).mapToObj(OrcWritersTest::full).toList(),
                file);

        try (Reader reader = Written.open(file);
                RecordReader rows = reader.rows()) {
            assertThat(reader.getSchema())
                    .hasToString(
                            "struct<id:bigint,truth:boolean,tiny:tinyint,small:smallint,number:int,"
                                    + "measure:float,distance:double,city:string,day:date,"
                                    + "at:timestamp,since:timestamp with local time zone,"
                                    + "price:decimal(38,18)>");
            VectorizedRowBatch batch = reader.getSchema().createRowBatch();
            ((TimestampColumnVector) batch.cols[9]).setIsUTC(true);
            assertThat(rows.nextBatch(batch)).isTrue();
            assertThat(batch.size).isEqualTo(100);
            assertThat(((LongColumnVector) batch.cols[0]).vector[42]).isEqualTo(42);
            assertThat(((BytesColumnVector) batch.cols[7]).toString(42)).isEqualTo("Köln 0");
            assertThat(batch.cols[7].isNull[49]).isTrue();
            TimestampColumnVector at = (TimestampColumnVector) batch.cols[9];
            assertThat(Instant.ofEpochMilli(at.time[42]))
                    .isEqualTo(Instant.parse("1969-12-31T23:59:50.042Z"));
            assertThat(at.nanos[42]).isEqualTo(42_042_042);
        }
    }

    @Test
    void listsMapsAndStructsAreWritten() throws IOException {
        List<Trip> trips = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Trip trip = new Trip();
            trip.id = i;
            trip.setCity("city " + i);
            int stops = i % 5;
            trip.path =
                    i % 7 == 0
                            ? null
                            : new ArrayList<>(
                                    IntStream.range(0, stops)
                                            .mapToObj(n -> n == 3 ? null : new Point(n, -n))
                                            .toList());
            trip.weights = i % 11 == 0 ? null : Map.of("a", i / 2.0, "b", -1.0);
            trips.add(trip);
        }
        Path file = work.resolve("a.orc");

        Written.write(OrcWriters.forClass(Trip.class), trips, file);

        assertThat(Written.read(OrcReaders.forClass(Trip.class), file))
                .usingRecursiveComparison()
                .isEqualTo(trips);
    }

    @Test
    void rowsAreWritten() throws IOException {
        RowTypeInfo type =
                new RowTypeInfo(
                        new TypeInformation<?>[] {
                            Types.LONG, Types.LIST(Types.STRING), Types.BIG_DEC
                        },
                        new String[] {"id", "tags", "price"});
        List<Row> rows =
                List.of(
                        Row.of(1L, List.of("a", "b"), new BigDecimal("1.50")),
                        Row.of(2L, null, null),
                        Row.of(3L, Arrays.asList(null, "c"), new BigDecimal("-1234567890.99")));
        Path file = work.resolve("a.orc");

        Written.write(
                OrcWriters.forRow(
                        type,
                        "struct<price:decimal(12,2),tags:array<varchar(3)>,id:int>",
                        CompressionKind.ZSTD),
                rows,
                file);

        assertThat(Written.read(OrcReaders.forRow(type), file)).isEqualTo(rows);
    }

    @Test
    void bytesMayChangeWhenTheyAreHandedOver() throws IOException {
        byte[] reused = {1, 2, 3};
        Path file = work.resolve("a.orc");
        try (var out = Written.begin(file)) {
            var writer = OrcWriters.forClass(Raw.class).create(out);
            for (byte i = 0; i < 3; i++) {
                reused[0] = i;
                writer.addElement(new Raw(reused));
            }
            writer.finish();
        }

        assertThat(Written.read(OrcReaders.forClass(Raw.class), file))
                .extracting(Raw::raw)
                .containsExactly(new byte[] {0, 2, 3}, new byte[] {1, 2, 3}, new byte[] {2, 2, 3});
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        Path file = work.resolve("a.orc");

        Written.write(OrcWriters.forClass(Raw.class), List.of(), file);

        assertThat(Written.read(OrcReaders.forClass(Raw.class), file)).isEmpty();
    }

    @Test
    void filesSayWhichCalendarTheyHave() throws IOException {
        Path file = work.resolve("a.orc");
        Written.write(OrcWriters.forClass(Full.class), List.of(full(1)), file);

        try (Reader reader = Written.open(file)) {
            assertThat(reader.getFileTail().getFooter().getCalendar())
                    .isEqualTo(OrcProto.CalendarKind.PROLEPTIC_GREGORIAN);
        }
    }
}
