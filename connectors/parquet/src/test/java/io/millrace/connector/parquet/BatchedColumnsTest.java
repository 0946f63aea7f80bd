package io.millrace.connector.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.connector.parquet.write.ColumnSettings;
import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.connector.parquet.write.RowGroupColumns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers packed as differences, and values of many rows at a time. */
class BatchedColumnsTest {
    private static final MessageType NUMBERS =
            MessageTypeParser.parseMessageType(
                    "message m {required int32 i; optional int64 l; optional int64 order;}");

    @Test
    void randomRowsAreReadBackWhereNumbersAreDifferences() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            MessageType schema = RandomGroups.schema(random);
            List<List<Group>> groups =
                    List.of(
                            RandomGroups.rows(random, schema, 1 + random.nextInt(300)),
                            RandomGroups.rows(random, schema, 1 + random.nextInt(300)));
            ColumnSettings settings =
                    new ColumnSettings(
                                    CompressionCodecName.SNAPPY,
                                    random.nextBoolean(),
                                    1 << 20,
                                    1 + random.nextInt(100),
                                    64 + random.nextInt(400))
                            .withDeltas();
            byte[] ours = GroupFiles.ours(schema, settings, groups);
            byte[] theirs = GroupFiles.theirs(schema, settings, groups);
            assertEquals(GroupFiles.read(theirs), GroupFiles.read(ours), "seed " + seed);
            for (int i = 0; i < groups.size(); i++) {
                requireSameStatistics(
                        GroupFiles.footer(theirs).getBlocks().get(i),
                        GroupFiles.footer(ours).getBlocks().get(i));
            }
        }
    }

    private static void requireSameStatistics(BlockMetaData theirs, BlockMetaData ours) {
        for (int i = 0; i < theirs.getColumns().size(); i++) {
            assertEquals(
                    theirs.getColumns().get(i).getStatistics(),
                    ours.getColumns().get(i).getStatistics());
        }
    }

    /** Blocks that are full, begun and not there, and differences that wrap around. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32, 33, 128, 129, 130, 257, 1000})
    void differencesOfAnyWidthAreReadBack(int count) throws IOException {
        for (int bits = 0; bits <= 64; bits += 4) {
            Random random = new Random(bits);
            List<Group> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Group row = new SimpleGroup(NUMBERS);
                long number = bits == 0 ? 7 : random.nextLong() >> 64 - bits;
                row.add("i", bits <= 32 ? (int) number : extreme(random));
                if (random.nextInt(10) > 0) {
                    row.add("l", bits == 64 && i % 2 == 0 ? Long.MIN_VALUE : number);
                }
                row.add("order", 1_000_000_000_000L + i);
                rows.add(row);
            }
            byte[] file = GroupFiles.ours(NUMBERS, plain(), List.of(rows));
            assertEquals(rows.stream().map(Group::toString).toList(), GroupFiles.read(file));
        }
    }

    private static int extreme(Random random) {
        return random.nextBoolean() ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    private static ColumnSettings plain() {
        return new ColumnSettings(CompressionCodecName.ZSTD, false, 1 << 20, 300, 0).withDeltas();
    }

    @Test
    void onlyColumnsThatBecomeSmallerAreDifferences() throws IOException {
        Random random = new Random(1);
        List<Group> rows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Group row = new SimpleGroup(NUMBERS);
            row.add("i", random.nextInt());
            row.add("l", random.nextLong());
            row.add("order", 1_000_000_000_000L + random.nextInt(1 << 20));
            rows.add(row);
        }
        ParquetMetadata footer =
                GroupFiles.footer(GroupFiles.ours(NUMBERS, plain(), List.of(rows)));
        List<ColumnChunkMetaData> columns = footer.getBlocks().get(0).getColumns();
        assertTrue(columns.get(0).getEncodings().contains(Encoding.PLAIN));
        assertEquals(CompressionCodecName.ZSTD, columns.get(1).getCodec());
        assertTrue(columns.get(2).getEncodings().contains(Encoding.DELTA_BINARY_PACKED));
        assertEquals(CompressionCodecName.UNCOMPRESSED, columns.get(2).getCodec());
        assertTrue(columns.get(2).getTotalSize() < 4000, columns.get(2)::toString);
    }

    private static final MessageType FLAT =
            MessageTypeParser.parseMessageType(
                    "message m {required int32 same; optional int32 b; optional int32 s;"
                            + " optional float f; optional int64 l; optional double d;"
                            + " optional boolean t; optional binary x; optional binary none;}");

    /** Pages end where they do when rows are given one by one. */
    @Test
    void manyRowsAtATimeAreTheSameFile() throws IOException {
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            ColumnSettings settings =
                    new ColumnSettings(
                            CompressionCodecName.UNCOMPRESSED,
                            random.nextBoolean(),
                            64 + random.nextInt(1000),
                            1 + random.nextInt(400),
                            200);
            int nulls = random.nextInt(3) == 0 ? 0 : 30;
            RowGroupColumns single = new RowGroupColumns(FLAT, settings);
            RowGroupColumns batched = new RowGroupColumns(FLAT, settings);
            for (int batches = 1 + random.nextInt(5); batches > 0; batches--) {
                addBoth(random, 1 + random.nextInt(256), nulls, single, batched);
            }
            assertArrayEquals(file(single), file(batched), "seed " + seed);
        }
    }

    private static byte[] file(RowGroupColumns columns) throws IOException {
        MemoryFile.Written file = new MemoryFile.Written();
        ParquetFileWriter writer = GroupFiles.writer(FLAT, file, ParquetProperties.builder());
        columns.writeTo(writer);
        writer.end(Map.of());
        writer.close();
        return file.bytes();
    }

    private static void addBoth(
            Random random, int rows, int nulls, RowGroupColumns single, RowGroupColumns batched) {
        byte[] bytes = new byte[rows * 24];
        random.nextBytes(bytes);
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int[] places = new int[rows];
        int[] lengths = new int[rows];
        for (int i = 0; i < rows; i++) {
            places[i] = random.nextInt(100) < nulls ? ~0 : i * 24;
            lengths[i] = random.nextInt(16);
            bytes[i * 24 + 1] = (byte) random.nextInt(2);
        }
        for (int i = 0; i < rows; i++) {
            addOne(single, places[i], numbers, lengths[i]);
        }
        batched.leaf(0).addSameInt(0, 42, rows);
        batched.leaf(1).addInts(1, bytes, places, 3, 1, rows);
        batched.leaf(2).addInts(1, bytes, places, 3, 2, rows);
        batched.leaf(3).addInts(1, bytes, places, 3, 4, rows);
        batched.leaf(4).addLongs(1, bytes, places, 5, rows);
        batched.leaf(5).addLongs(1, bytes, places, 6, rows);
        batched.leaf(6).addBooleans(1, bytes, places, 1, rows);
        batched.leaf(7).addBytes(1, bytes, places, lengths, rows);
        batched.leaf(8).addNulls(0, places, rows / 2);
        batched.leaf(8).addNulls(0, rows - rows / 2);
        batched.endRows(rows);
    }

    private static void addOne(RowGroupColumns to, int place, ByteBuffer numbers, int length) {
        to.leaf(0).addInt(0, 0, 42);
        to.leaf(8).addNull(0, 0);
        to.endRow();
        if (place < 0) {
            for (int i = 1; i < 8; i++) {
                to.leaf(i).addNull(0, ~place);
            }
            return;
        }
        to.leaf(1).addInt(0, 1, numbers.get(place + 3));
        to.leaf(2).addInt(0, 1, numbers.getShort(place + 3));
        to.leaf(3).addFloat(0, 1, numbers.getFloat(place + 3));
        to.leaf(4).addLong(0, 1, numbers.getLong(place + 5));
        to.leaf(5).addDouble(0, 1, numbers.getDouble(place + 6));
        to.leaf(6).addBoolean(0, 1, numbers.get(place + 1) != 0);
        LeafColumn texts = to.leaf(7);
        texts.addBytes(0, 1, numbers.array(), place, length);
    }

    /** Texts that begin alike, are short, have high bytes, or are all the same. */
    @Test
    void leastAndGreatestTextsAreThoseOfParquetJava() throws IOException {
        MessageType schema =
                MessageTypeParser.parseMessageType("message m {required binary x (UTF8);}");
        String[] begins = {"", "a", "customer.", "0123456789abcdef", "\u00e9\u00e9\u00e9\u00e9"};
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            String begin = begins[random.nextInt(begins.length)];
            int variety = 1 + random.nextInt(200);
            List<Group> rows = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String end = Integer.toString(random.nextInt(variety) * 7919, 36);
                String text = random.nextInt(50) == 0 ? end : begin + end + "@mail.example";
                rows.add(new SimpleGroup(schema).append("x", text));
            }
            ColumnSettings settings = ColumnSettings.of(CompressionCodecName.UNCOMPRESSED);
            requireSameStatistics(
                    GroupFiles.footer(GroupFiles.theirs(schema, settings, List.of(rows)))
                            .getBlocks()
                            .get(0),
                    GroupFiles.footer(GroupFiles.ours(schema, settings, List.of(rows)))
                            .getBlocks()
                            .get(0));
        }
    }
}
