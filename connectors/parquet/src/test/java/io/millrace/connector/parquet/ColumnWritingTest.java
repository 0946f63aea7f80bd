package io.millrace.connector.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.connector.parquet.write.ColumnSettings;
import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.connector.parquet.write.RowGroupColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** Columns written here and by parquet-java of the same rows: equal for who reads them. */
class ColumnWritingTest {
    private static final List<CompressionCodecName> CODECS =
            List.of(
                    CompressionCodecName.UNCOMPRESSED,
                    CompressionCodecName.SNAPPY,
                    CompressionCodecName.GZIP,
                    CompressionCodecName.ZSTD,
                    CompressionCodecName.LZ4_RAW);

    @Test
    void randomRowsAreReadBackAndDescribedAsParquetJavaDoes() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            MessageType schema = RandomGroups.schema(random);
            List<List<Group>> groups = new ArrayList<>();
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                groups.add(RandomGroups.rows(random, schema, 1 + random.nextInt(300)));
            }
            ColumnSettings settings = settings(random);
            byte[] ours = GroupFiles.ours(schema, settings, groups);
            byte[] theirs = GroupFiles.theirs(schema, settings, groups);
            assertSame(schema, groups, settings, ours, theirs, "seed " + seed);
        }
    }

    /** Small enough that dictionaries are given up in the middle, and pages end in odd places. */
    private static ColumnSettings settings(Random random) {
        boolean cutByRows = random.nextBoolean();
        return new ColumnSettings(
                CODECS.get(random.nextInt(CODECS.size())),
                random.nextInt(4) > 0,
                cutByRows ? 1 << 20 : 64 + random.nextInt(500),
                cutByRows ? 1 + random.nextInt(100) : 20_000,
                random.nextBoolean() ? 1 << 20 : 64 + random.nextInt(400));
    }

    private static void assertSame(
            MessageType schema,
            List<List<Group>> groups,
            ColumnSettings settings,
            byte[] ours,
            byte[] theirs,
            String message)
            throws IOException {
        assertEquals(texts(groups), GroupFiles.read(ours), message);
        ParquetMetadata our = GroupFiles.footer(ours);
        ParquetMetadata their = GroupFiles.footer(theirs);
        assertEquals(schema, our.getFileMetaData().getSchema(), message);
        assertEquals(their.getFileMetaData().getSchema(), our.getFileMetaData().getSchema());
        boolean samePages = settings.pageBytes() == 1 << 20;
        for (int i = 0; i < groups.size(); i++) {
            BlockMetaData ourGroup = our.getBlocks().get(i);
            BlockMetaData theirGroup = their.getBlocks().get(i);
            assertEquals(theirGroup.getRowCount(), ourGroup.getRowCount(), message);
            for (int j = 0; j < ourGroup.getColumns().size(); j++) {
                assertSame(
                        ourGroup.getColumns().get(j),
                        theirGroup.getColumns().get(j),
                        samePages,
                        message);
                if (samePages) {
                    assertEquals(
                            GroupFiles.indexes(theirs, theirGroup.getColumns().get(j)),
                            GroupFiles.indexes(ours, ourGroup.getColumns().get(j)),
                            message);
                }
            }
        }
    }

    private static void assertSame(
            ColumnChunkMetaData ours,
            ColumnChunkMetaData theirs,
            boolean samePages,
            String message) {
        String where = message + ", " + ours.getPath();
        assertEquals(theirs.getStatistics(), ours.getStatistics(), where);
        assertEquals(theirs.getStatistics().toString(), ours.getStatistics().toString(), where);
        assertEquals(theirs.getValueCount(), ours.getValueCount(), where);
        assertEquals(sizes(theirs), sizes(ours), where);
        if (samePages) {
            // Where pages end elsewhere, the first may be too small for a dictionary.
            assertEquals(theirs.getEncodings(), ours.getEncodings(), where);
            assertEquals(theirs.hasDictionaryPage(), ours.hasDictionaryPage(), where);
        }
    }

    private static List<Object> sizes(ColumnChunkMetaData chunk) {
        SizeStatistics sizes = chunk.getSizeStatistics();
        return List.of(
                sizes.isValid(),
                sizes.getUnencodedByteArrayDataBytes(),
                sizes.getRepetitionLevelHistogram(),
                sizes.getDefinitionLevelHistogram());
    }

    private static List<String> texts(List<List<Group>> groups) {
        return groups.stream().flatMap(List::stream).map(Group::toString).toList();
    }

    @Test
    void valuesLargerThanPagesAreWhole() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m {required binary b;}");
        RowGroupColumns columns =
                new RowGroupColumns(schema, ColumnSettings.of(CompressionCodecName.SNAPPY));
        byte[] huge = new byte[5 << 20];
        new Random(1).nextBytes(huge);
        for (int i = 0; i < 3; i++) {
            columns.leaf(0).addBytes(0, 0, huge, i, huge.length - i);
            columns.leaf(0).addText(0, 0, "klein");
            columns.endRow();
            columns.endRow();
        }
        assertTrue(columns.bufferedBytes() > 3L * huge.length);
        MemoryFile.Written file = new MemoryFile.Written();
        write(schema, columns, file);
        assertEquals(0, columns.rows());
        assertEquals(0, columns.bufferedBytes());
        List<String> read = GroupFiles.read(file.bytes());
        assertEquals(6, read.size());
        assertEquals("b: klein\n", read.get(5).replaceAll("Binary.*", "klein"));
    }

    private static void write(MessageType schema, RowGroupColumns columns, MemoryFile.Written file)
            throws IOException {
        ParquetFileWriter writer = GroupFiles.writer(schema, file, ParquetProperties.builder());
        columns.writeTo(writer);
        writer.end(Map.of());
        writer.close();
    }

    @Test
    void groupsWithoutRowsAreNotWritten() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m {optional int32 i;}");
        RowGroupColumns columns =
                new RowGroupColumns(schema, ColumnSettings.of(CompressionCodecName.SNAPPY));
        columns.leaf(0).addInt(0, 1, 5);
        columns.endRow();
        columns.clear();
        MemoryFile.Written file = new MemoryFile.Written();
        write(schema, columns, file);
        assertEquals(List.of(), GroupFiles.footer(file.bytes()).getBlocks());
    }

    @Test
    void valuesOfAnotherTypeAreRefused() {
        MessageType schema =
                MessageTypeParser.parseMessageType(
                        "message m {required int64 l; required fixed_len_byte_array(3) f;}");
        RowGroupColumns columns =
                new RowGroupColumns(schema, ColumnSettings.of(CompressionCodecName.SNAPPY));
        LeafColumn numbers = columns.leaf(0);
        assertThrows(IllegalArgumentException.class, () -> numbers.addText(0, 0, "seven"));
        IllegalArgumentException error =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> columns.leaf(1).addBytes(0, 0, new byte[4], 0, 4));
        assertEquals(
                "a value of 4 bytes was given to column 'f', which has 3 each", error.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new RowGroupColumns(schema, ColumnSettings.of(CompressionCodecName.LZO)));
    }
}
