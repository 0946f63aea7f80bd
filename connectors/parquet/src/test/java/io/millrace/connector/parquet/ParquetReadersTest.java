package io.millrace.connector.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.connector.file.BulkFormat;
import io.millrace.connector.file.CheckpointedPosition;
import io.millrace.connector.file.FileSourceSplit;
import io.millrace.connector.file.RecordAndPosition;
import io.millrace.connector.file.StreamFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetReadersTest {
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

    /** The same as a record, with a column that files lack. */
    public record TripRecord(String city, long id, Integer unknown) {}

    /** What no column can be put into. */
    public record WrongTrip(int city) {}

    /** A class that is nested. */
    public static class Order {
        public int id;
        public List<String> items = new ArrayList<>();
        public Map<String, Integer> counts = Map.of();
    }

    @Test
    void readsWhatWasWrittenByReflectionIntoPlainClasses() throws IOException {
        io.millrace.api.file.Path file = trips(5000);

        List<Trip> read = read(ParquetReaders.forClass(Trip.class), split(file));

        assertThat(read).hasSize(5000);
        assertThat(read.get(4999).id).isEqualTo(4999);
        assertThat(read.get(4999).city).isEqualTo("city 9");
        assertThat(read.get(4999).getDistance()).isEqualTo(2499.5);
        assertThat(read.get(3).getDistance()).isNull();
    }

    @Test
    void readsRecordsAndGivesNullForColumnsThatTheFileLacks() throws IOException {
        assertThat(read(ParquetReaders.forClass(TripRecord.class), split(trips(2))))
                .containsExactly(
                        new TripRecord("city 0", 0, null), new TripRecord("city 1", 1, null));
    }

    @Test
    void readsRowsOfSomeColumns() throws IOException {
        RowTypeInfo columns =
                new RowTypeInfo(
                        new TypeInformation<?>[] {Types.DOUBLE, Types.LONG},
                        new String[] {"distance", "id"});
        assertThat(read(ParquetReaders.forRow(columns), split(trips(2))))
                .containsExactly(Row.of(null, 0L), Row.of(0.5, 1L));
    }

    @Test
    void goesOnAtAPosition() throws IOException {
        FileSourceSplit split = split(trips(3000));
        ParquetFormat<TripRecord> format = ParquetReaders.forClass(TripRecord.class);
        List<TripRecord> all = read(format, split);
        List<TripRecord> parts = new ArrayList<>();
        RecordAndPosition<TripRecord> last = null;
        try (var reader = format.createReader(new Configuration(), split)) {
            var batch = reader.readBatch();
            for (int i = 0; i < 777; i++) {
                last = batch.next();
                parts.add(last.getRecord());
            }
        }
        FileSourceSplit rest =
                split.updateWithCheckpointedPosition(
                        new CheckpointedPosition(last.getOffset(), last.getRecordSkipCount()));
        try (var reader = format.restoreReader(new Configuration(), rest)) {
            parts.addAll(drain(reader));
        }
        assertThat(parts).isEqualTo(all);
    }

    @Test
    void passesRowGroupsOverThatCannotHaveARow() throws IOException {
        FileSourceSplit split = split(trips(10));
        ParquetFormat<TripRecord> format = ParquetReaders.forClass(TripRecord.class);
        assertThat(read(format.skipRowGroups(FilterApi.gt(FilterApi.longColumn("id"), 9L)), split))
                .isEmpty();
        assertThat(read(format.skipRowGroups(FilterApi.gt(FilterApi.longColumn("id"), 8L)), split))
                .hasSize(10);
    }

    @Test
    void aColumnThatCannotBecomeTheFieldIsNamed() throws IOException {
        FileSourceSplit split = split(trips(1));
        assertThatThrownBy(() -> read(ParquetReaders.forClass(WrongTrip.class), split))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith(ErrorCode.SCHEMA_INCOMPATIBLE + ": ")
                .hasMessageContaining("trips.parquet")
                .hasMessageContaining("'city'")
                .hasMessageContaining("int");
    }

    @Test
    void logicalTypesBecomeTheirClasses() throws IOException {
        Schema date = LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
        Schema time = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
        Schema money = LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES));
        Schema schema =
                SchemaBuilder.record("R")
                        .fields()
                        .name("day")
                        .type(date)
                        .noDefault()
                        .name("at")
                        .type(time)
                        .noDefault()
                        .name("money")
                        .type(money)
                        .noDefault()
                        .endRecord();
        GenericRecord record = new GenericData.Record(schema);
        record.put("day", (int) LocalDate.of(2026, 1, 31).toEpochDay());
        record.put("at", -1_500_000L);
        record.put(
                "money", ByteBuffer.wrap(new BigDecimal("-12.34").unscaledValue().toByteArray()));
        io.millrace.api.file.Path file =
                write("r.parquet", AvroParquetWriters.forGenericRecord(schema), List.of(record));
        RowTypeInfo columns =
                new RowTypeInfo(
                        new TypeInformation<?>[] {Types.LOCAL_DATE, Types.INSTANT, Types.BIG_DEC},
                        new String[] {"day", "at", "money"});

        assertThat(read(ParquetReaders.forRow(columns), split(file)))
                .containsExactly(
                        Row.of(
                                LocalDate.of(2026, 1, 31),
                                Instant.ofEpochMilli(-1500),
                                new BigDecimal("-12.34")));
    }

    @Test
    void nestedRecordsAreReadByReflection() throws IOException {
        Order order = new Order();
        order.id = 7;
        order.items = List.of("a", "b");
        order.counts = Map.of("a", 2);
        io.millrace.api.file.Path file =
                write(
                        "o.parquet",
                        AvroParquetWriters.forReflectRecord(Order.class),
                        List.of(order, new Order()));

        List<Order> read = read(AvroParquetReaders.forReflectRecord(Order.class), file);

        assertThat(read.get(0).id).isEqualTo(7);
        assertThat(read.get(0).items).containsExactly("a", "b");
        assertThat(read.get(0).counts).containsEntry("a", 2);
        assertThat(read.get(1).items).isEmpty();
    }

    @Test
    void aFieldThatTheFileLacksHasItsDefault() throws IOException {
        Schema schema =
                SchemaBuilder.record("Trip")
                        .fields()
                        .requiredLong("id")
                        .name("note")
                        .type()
                        .stringType()
                        .stringDefault("none")
                        .endRecord();
        List<GenericRecord> read = read(AvroParquetReaders.forGenericRecord(schema), trips(1));
        assertThat(read.get(0).get("id")).isEqualTo(0L);
        assertThat(read.get(0).get("note").toString()).isEqualTo("none");
    }

    @Test
    void anEmptyFileOfNoRowsHasNoRecords() throws IOException {
        assertThat(read(ParquetReaders.forClass(Trip.class), split(trips(0)))).isEmpty();
    }

    private io.millrace.api.file.Path trips(int count) throws IOException {
        List<Trip> trips = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Trip trip = new Trip();
            trip.id = i;
            trip.city = "city " + i % 10;
            trip.setDistance(i % 3 == 0 ? null : i / 2.0);
            trips.add(trip);
        }
        Schema schema =
                SchemaBuilder.record("Trip")
                        .fields()
                        .requiredLong("id")
                        .requiredString("city")
                        .optionalDouble("distance")
                        .endRecord();
        List<GenericRecord> records =
                trips.stream()
                        .map(
                                trip -> {
                                    GenericRecord record = new GenericData.Record(schema);
                                    record.put("id", trip.id);
                                    record.put("city", new Utf8(trip.city));
                                    record.put("distance", trip.getDistance());
                                    return record;
                                })
                        .toList();
        return write("trips.parquet", AvroParquetWriters.forGenericRecord(schema), records);
    }

    private <T> io.millrace.api.file.Path write(
            String name, BulkWriter.Factory<T> factory, List<T> records) throws IOException {
        var path = io.millrace.api.file.Path.fromLocalFile(work.resolve(name).toFile());
        try (var out = path.getFileSystem().create(path, FileSystem.WriteMode.NO_OVERWRITE)) {
            BulkWriter<T> writer = factory.create(out);
            for (T record : records) {
                writer.addElement(record);
            }
            writer.finish();
        }
        return path;
    }

    private FileSourceSplit split(io.millrace.api.file.Path path) throws IOException {
        long size = Files.size(work.resolve(path.getName()));
        return new FileSourceSplit("1", path, 0, size, 0, size);
    }

    private static <T> List<T> read(ParquetFormat<T> format, FileSourceSplit split)
            throws IOException {
        try (BulkFormat.Reader<T> reader = format.createReader(new Configuration(), split)) {
            return drain(reader);
        }
    }

    private static <T> List<T> drain(BulkFormat.Reader<T> reader) throws IOException {
        List<T> records = new ArrayList<>();
        for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
            for (var next = batch.next(); next != null; next = batch.next()) {
                records.add(next.getRecord());
            }
            batch.releaseBatch();
        }
        return records;
    }

    private static <T> List<T> read(StreamFormat<T> format, io.millrace.api.file.Path path)
            throws IOException {
        long size = path.getFileSystem().getFileStatus(path).getLen();
        List<T> records = new ArrayList<>();
        try (StreamFormat.Reader<T> reader =
                format.createReader(
                        new Configuration(), path.getFileSystem().open(path), size, size)) {
            for (T next = reader.read(); next != null; next = reader.read()) {
                records.add(next);
            }
        }
        return records;
    }
}
