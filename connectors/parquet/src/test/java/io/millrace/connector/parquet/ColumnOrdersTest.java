package io.millrace.connector.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.serialization.BulkWriter;
import io.millrace.connector.avro.AvroData;
import io.millrace.connector.parquet.avro.ColumnOrders;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.ColumnOrder;
import org.junit.jupiter.api.Test;

/**
 * Footers of what is written, read by parquet-java alone: older readers know each order in them.
 */
class ColumnOrdersTest {
    /** Written by parquet-java, as it has lists, maps and structs. */
    record Station(String name, Place place, List<Place> around, Map<String, Float> levels) {}

    record Place(double north, float height, double salt) {}

    /** Written by columns that are made here. */
    record Reading(int station, double level, float salt) {}

    @Test
    void columnsOfStructsListsAndMapsHaveTheOrderThatTheirTypeDefines() throws IOException {
        ParquetMetadata footer =
                footer(
                        AvroParquetWriters.forReflectRecord(Station.class),
                        List.of(
                                station(-0.0, 5f, Double.NaN),
                                station(7.5, -0.0f, 1.0),
                                station(0.0, 0.0f, 2.0)));

        assertKnown(footer, 9);
        Map<String, ColumnChunkMetaData> columns = columns(footer);
        assertRange(columns.get("place.north"), -0.0, 7.5);
        assertRange(columns.get("place.height"), -0.0f, 5f);
        assertNoNumberOfNaN(columns.get("place.salt"));
    }

    @Test
    void flatColumnsHaveItToo() throws IOException {
        ParquetMetadata footer =
                footer(
                        AvroParquetWriters.forReflectRecord(Reading.class),
                        List.of(
                                new Reading(1, 0.0, Float.NaN),
                                new Reading(2, 0.0, 1f),
                                new Reading(3, 3.0, 2f)));

        assertKnown(footer, 3);
        Map<String, ColumnChunkMetaData> columns = columns(footer);
        // A zero that is the least may have stood for −0.0.
        assertRange(columns.get("level"), -0.0, 3.0);
        assertNoNumberOfNaN(columns.get("salt"));
    }

    @Test
    void whereNothingIsANumberNoLeastAndGreatestValueIsNamed() throws IOException {
        for (ParquetMetadata footer :
                List.of(
                        footer(
                                AvroParquetWriters.forReflectRecord(Station.class),
                                List.of(station(1, 2, Double.NaN))),
                        footer(
                                AvroParquetWriters.forReflectRecord(Reading.class),
                                List.of(new Reading(1, 2, Float.NaN))))) {
            columns(footer)
                    .forEach(
                            (path, column) ->
                                    assertEquals(
                                            !path.endsWith("salt"),
                                            column.getStatistics().hasNonNullValue(),
                                            path));
        }
    }

    @Test
    void genericRecordsWithStructsHaveItToo() throws IOException {
        Schema inner =
                Schema.createRecord(
                        "Inner",
                        null,
                        null,
                        false,
                        List.of(
                                new Schema.Field("real", Schema.create(Schema.Type.FLOAT)),
                                new Schema.Field("exact", Schema.create(Schema.Type.DOUBLE))));
        Schema outer =
                Schema.createRecord(
                        "Outer", null, null, false, List.of(new Schema.Field("inner", inner)));
        GenericRecord within = new GenericData.Record(inner);
        within.put("real", -1f);
        within.put("exact", 4.0);
        GenericRecord record = new GenericData.Record(outer);
        record.put("inner", within);

        ParquetMetadata footer =
                footer(AvroParquetWriters.forGenericRecord(outer), List.of(record));

        assertKnown(footer, 2);
        assertRange(columns(footer).get("inner.exact"), 4.0, 4.0);
    }

    @Test
    void nothingElseOfASchemaIsChanged() {
        Schema schema = AvroData.reflectedSchemaOf(Station.class);
        var converted = new AvroSchemaConverter(new PlainParquetConfiguration()).convert(schema);

        var known = ColumnOrders.known(converted);

        assertFalse(known.equals(converted), "the library names the total order");
        assertEquals(withoutOrders(converted.toString()), withoutOrders(known.toString()));
    }

    private static String withoutOrders(String schema) {
        return schema.replaceAll(" columnorder\\([A-Z0-9_]*\\)", "");
    }

    private static Station station(double north, float height, double salt) {
        Place place = new Place(north, height, salt);
        return new Station("Kiel", place, List.of(place, place), Map.of("low", 0.5f));
    }

    private static <T> ParquetMetadata footer(ParquetWriterFactory<T> writers, List<T> records)
            throws IOException {
        MemoryFile.Written file = new MemoryFile.Written();
        BulkWriter<T> writer = writers.create(file);
        for (T record : records) {
            writer.addElement(record);
        }
        writer.finish();
        return GroupFiles.footer(file.bytes());
    }

    private static Map<String, ColumnChunkMetaData> columns(ParquetMetadata footer) {
        return footer.getBlocks().get(0).getColumns().stream()
                .collect(
                        Collectors.toMap(
                                column -> column.getPath().toDotString(), Function.identity()));
    }

    private static void assertKnown(ParquetMetadata footer, int count) {
        List<ColumnDescriptor> columns = footer.getFileMetaData().getSchema().getColumns();
        assertEquals(count, columns.size());
        for (ColumnDescriptor column : columns) {
            assertEquals(
                    ColumnOrder.typeDefined(),
                    column.getPrimitiveType().columnOrder(),
                    column.toString());
        }
    }

    /** Held as boxed numbers, which tell zeros apart. */
    private static void assertRange(ColumnChunkMetaData column, Object least, Object greatest) {
        assertTrue(column.getStatistics().hasNonNullValue(), column.toString());
        assertEquals(least, column.getStatistics().genericGetMin());
        assertEquals(greatest, column.getStatistics().genericGetMax());
    }

    /** There is no least and greatest value, or one without what is not a number. */
    private static void assertNoNumberOfNaN(ColumnChunkMetaData column) {
        if (column.getStatistics().hasNonNullValue()) {
            assertFalse(
                    Double.isNaN(((Number) column.getStatistics().genericGetMin()).doubleValue()));
            assertFalse(
                    Double.isNaN(((Number) column.getStatistics().genericGetMax()).doubleValue()));
        }
    }
}
