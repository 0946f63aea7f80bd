package io.millrace.connector.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.connector.avro.AvroData;
import io.millrace.connector.parquet.avro.AvroWriting;
import io.millrace.connector.parquet.write.ColumnSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.reflect.AvroName;
import org.apache.avro.reflect.Nullable;
import org.apache.avro.util.Utf8;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.junit.jupiter.api.Test;

/** Records by the writer that is ours where fields are plain, and by parquet-java's. */
class FlatWritingTest {
    /** Two words and a number. */
    public enum Size {
        SMALL,
        LARGE
    }

    /** A superclass with a field. */
    public static class Base {
        protected long id;
    }

    /** All kinds of fields. */
    public static class Thing extends Base {
        public int number;
        private short small;
        byte tiny;
        char letter;
        float real;
        double exact;
        boolean truth;
        public String text = "";
        byte[] bytes = {};
        ByteBuffer buffer = ByteBuffer.allocate(0);
        Size size = Size.SMALL;
        Integer boxedNumber = 0;
        @Nullable Long boxedLong;
        @Nullable String maybe;
        @Nullable Double boxedDouble;
        @Nullable Boolean boxedTruth;
        @Nullable Float boxedFloat;
        @Nullable Size maybeSize;
        @Nullable byte[] maybeBytes;
        transient int notWritten = 7;
    }

    /** A Java record. */
    public record Pair(String name, long count) {}

    /** Renamed by an annotation. */
    public static class Renamed {
        @AvroName("other")
        public int number = 5;
    }

    /** With a list. */
    public static class Nested {
        public List<String> names = List.of("a", "b");
    }

    @Test
    void objectsAreWrittenAsParquetJavaWritesThem() throws IOException {
        Random random = new Random(3);
        List<Thing> things = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            things.add(thing(random));
        }
        assertSame(Thing.class, things, true);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            pairs.add(new Pair("name " + i % 100, i));
        }
        assertSame(Pair.class, pairs, true);
        assertSame(Pair.class, List.<Pair>of(), true);
        assertSame(Renamed.class, List.of(new Renamed()), false);
        assertSame(Nested.class, List.of(new Nested()), false);
    }

    private static Thing thing(Random random) {
        Thing thing = new Thing();
        thing.id = random.nextLong();
        thing.number = random.nextInt(9);
        thing.small = (short) random.nextInt();
        thing.tiny = (byte) random.nextInt();
        thing.letter = (char) ('a' + random.nextInt(500));
        thing.real = random.nextInt(9) == 0 ? Float.NaN : random.nextFloat();
        thing.exact = random.nextGaussian();
        thing.truth = random.nextBoolean();
        thing.text = "ein Text größer " + random.nextInt(40) + "\uD83D\uDE00";
        thing.bytes = new byte[random.nextInt(9)];
        thing.buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
        thing.size = Size.values()[random.nextInt(2)];
        thing.boxedNumber = random.nextInt();
        if (random.nextBoolean()) {
            thing.boxedLong = random.nextLong();
            thing.maybe = "x".repeat(random.nextInt(9));
            thing.boxedDouble = random.nextGaussian();
            thing.boxedTruth = random.nextBoolean();
            thing.boxedFloat = random.nextFloat();
            thing.maybeSize = Size.LARGE;
            thing.maybeBytes = new byte[] {5};
        }
        return thing;
    }

    private static <T> void assertSame(Class<T> type, List<T> records, boolean flat)
            throws IOException {
        Schema schema = AvroData.reflectedSchemaOf(type);
        MemoryFile.Written ours = new MemoryFile.Written();
        BulkWriter<T> writer = AvroParquetWriters.forReflectRecord(type).create(ours);
        assertEquals(flat, writer instanceof FlatBulkWriter, type.getName());
        assertSame(type, schema, records, writer, ours);
    }

    private static <T> void assertSame(
            Class<T> type,
            Schema schema,
            List<T> records,
            BulkWriter<T> writer,
            MemoryFile.Written ours)
            throws IOException {
        for (T record : records) {
            writer.addElement(record);
        }
        writer.flush();
        writer.finish();
        MemoryFile.Written theirs = new MemoryFile.Written();
        try (ParquetWriter<T> plain =
                new AvroWriting<>(theirs.forParquet(), type, schema)
                        .withConf(new PlainParquetConfiguration())
                        .withCodecFactory(new PageCodecs())
                        .withCompressionCodec(CompressionCodecName.SNAPPY)
                        .build()) {
            for (T record : records) {
                plain.write(record);
            }
        }
        ParquetMetadata our = GroupFiles.footer(ours.bytes());
        ParquetMetadata their = GroupFiles.footer(theirs.bytes());
        assertEquals(their.getFileMetaData().getSchema(), our.getFileMetaData().getSchema());
        assertEquals(
                their.getFileMetaData().getKeyValueMetaData(),
                our.getFileMetaData().getKeyValueMetaData());
        assertEquals(their.getFileMetaData().getCreatedBy(), our.getFileMetaData().getCreatedBy());
        assertEquals(described(their), described(our));
        assertEquals(GroupFiles.read(theirs.bytes()), GroupFiles.read(ours.bytes()));
    }

    /** Of each column what a reader may decide by. */
    private static List<String> described(ParquetMetadata footer) {
        List<String> all = new ArrayList<>();
        for (BlockMetaData group : footer.getBlocks()) {
            for (ColumnChunkMetaData column : group.getColumns()) {
                all.add(
                        String.join(
                                " ",
                                column.getPath().toString(),
                                column.getStatistics().toString(),
                                String.valueOf(column.getValueCount()),
                                column.getEncodings().toString(),
                                column.getCodec().toString(),
                                String.valueOf(column.hasDictionaryPage()),
                                column.getSizeStatistics()
                                        .getUnencodedByteArrayDataBytes()
                                        .toString()));
            }
        }
        return all;
    }

    @Test
    void genericRecordsAreWrittenAsParquetJavaWritesThem() throws IOException {
        Schema schema =
                new Schema.Parser()
                        .parse(
                                """
                                {"type": "record", "name": "R", "fields": [
                                  {"name": "i", "type": ["null", "int"]},
                                  {"name": "l", "type": "long"},
                                  {"name": "f", "type": ["float", "null"]},
                                  {"name": "d", "type": "double"},
                                  {"name": "b", "type": "boolean"},
                                  {"name": "s", "type": ["null", "string"]},
                                  {"name": "y", "type": "bytes"},
                                  {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]}},
                                  {"name": "x", "type": {"type": "fixed", "name": "F", "size": 3}}]}
                                """);
        Random random = new Random(5);
        List<GenericRecord> records = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            GenericRecord record = new GenericData.Record(schema);
            record.put("i", random.nextBoolean() ? i : null);
            record.put("l", random.nextLong());
            record.put("f", random.nextBoolean() ? random.nextFloat() : null);
            record.put("d", random.nextDouble());
            record.put("b", random.nextBoolean());
            record.put("s", i % 3 == 0 ? null : i % 3 == 1 ? new Utf8("ü" + i % 9) : "t" + i % 9);
            record.put("y", ByteBuffer.wrap(new byte[] {1, (byte) i}).asReadOnlyBuffer());
            record.put(
                    "e",
                    new GenericData.EnumSymbol(
                            schema.getField("e").schema(), "AB".substring(i % 2, i % 2 + 1)));
            record.put(
                    "x",
                    new GenericData.Fixed(
                            schema.getField("x").schema(), new byte[] {1, 2, (byte) i}));
            records.add(record);
        }
        MemoryFile.Written ours = new MemoryFile.Written();
        BulkWriter<GenericRecord> writer = AvroParquetWriters.forGenericRecord(schema).create(ours);
        assertInstanceOf(FlatBulkWriter.class, writer);
        assertSame(GenericRecord.class, schema, records, writer, ours);
    }

    @Test
    void aRowGroupEndsWhenItIsFull() throws IOException {
        Schema schema = AvroData.reflectedSchemaOf(Pair.class);
        MemoryFile.Written file = new MemoryFile.Written();
        BulkWriter<Pair> writer =
                FlatBulkWriter.create(
                        ReflectedRows.of(Pair.class, schema),
                        new AvroSchemaConverter(new PlainParquetConfiguration()).convert(schema),
                        Map.of("k", "v"),
                        new ColumnSettings(CompressionCodecName.SNAPPY, true, 4_000, 500, 2_000),
                        20_000,
                        file);
        Random random = new Random(2);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Pair pair = new Pair("name " + random.nextInt(), random.nextInt(9));
            writer.addElement(pair);
            expected.add("count: " + pair.count() + "\nname: " + pair.name() + "\n");
        }
        writer.finish();
        ParquetMetadata footer = GroupFiles.footer(file.bytes());
        assertEquals("v", footer.getFileMetaData().getKeyValueMetaData().get("k"));
        assertTrue(footer.getBlocks().size() > 3, String.valueOf(footer.getBlocks().size()));
        for (BlockMetaData group : footer.getBlocks()) {
            // The last page of each column is not compressed yet when the size is looked at.
            assertTrue(group.getCompressedSize() < 22_000, group.toString());
        }
        assertEquals(expected, GroupFiles.read(file.bytes()));
    }

    @Test
    void theSameObjectMayBeGivenAgain() throws IOException {
        MemoryFile.Written file = new MemoryFile.Written();
        BulkWriter<Thing> writer = AvroParquetWriters.forReflectRecord(Thing.class).create(file);
        Thing thing = new Thing();
        for (int i = 0; i < 3; i++) {
            thing.id = i;
            thing.bytes = new byte[] {(byte) i};
            writer.addElement(thing);
            thing.bytes[0] = 99;
        }
        writer.finish();
        List<String> rows = GroupFiles.read(file.bytes());
        assertEquals(3, rows.size());
        assertTrue(rows.get(2).contains("id: 2"), rows.get(2));
        assertEquals(0, rows.stream().filter(row -> row.contains("[99]")).count());
    }

    @Test
    void nullInARequiredFieldIsNamedAndEndsTheFile() throws IOException {
        BulkWriter<Thing> writer =
                AvroParquetWriters.forReflectRecord(Thing.class).create(new MemoryFile.Written());
        Thing thing = new Thing();
        thing.text = null;
        MillraceException error =
                assertThrows(MillraceException.class, () -> writer.addElement(thing));
        assertTrue(error.getMessage().contains("the field 'text' of a record is null"));
        assertThrows(IOException.class, () -> writer.addElement(new Thing()));
        IOException end = assertThrows(IOException.class, writer::finish);
        assertTrue(end.getMessage().contains("given up because of an earlier error"));
    }

    @Test
    void aDiskThatIsFullIsSaidAsItIs() throws IOException {
        for (int free : new int[] {0, 100, 3000}) {
            FullDisk disk = new FullDisk(free);
            IOException error =
                    assertThrows(
                            IOException.class,
                            () -> {
                                BulkWriter<Thing> writer =
                                        AvroParquetWriters.forReflectRecord(Thing.class)
                                                .create(disk);
                                Random random = new Random(1);
                                for (int i = 0; i < 5000; i++) {
                                    writer.addElement(thing(random));
                                }
                                writer.finish();
                            });
            assertEquals("No space left on device", error.getMessage());
        }
    }

    /** Takes some bytes and no more. */
    private static final class FullDisk extends FSDataOutputStream {
        private final int free;
        private long written;

        FullDisk(int free) {
            this.free = free;
        }

        @Override
        public void write(int b) throws IOException {
            written++;
            if (written > free) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public long getPos() {
            return written;
        }

        @Override
        public void flush() {}

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }
}
