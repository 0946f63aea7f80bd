package io.millrace.connector.parquet;

import io.millrace.connector.parquet.write.ColumnSettings;
import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.connector.parquet.write.RowGroupColumns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Files of rows of any structure, which parquet-java takes apart into columns. */
final class GroupFiles {
    private GroupFiles() {}

    static ParquetMetadata footer(byte[] file) throws IOException {
        return ParquetRowGroups.footer(new MemoryFile(file), file.length, 1 << 16, "test.parquet");
    }

    /** All rows as texts, read by what reads row groups. */
    static List<String> read(byte[] file) throws IOException {
        ParquetMetadata footer = footer(file);
        List<String> read = new ArrayList<>();
        for (BlockMetaData group : footer.getBlocks()) {
            ParquetRowGroups.Rows<Group> rows =
                    ParquetRowGroups.rows(
                            new MemoryFile(file),
                            footer,
                            group,
                            new GroupRecordConverter(footer.getFileMetaData().getSchema()),
                            "test.parquet");
            for (Group row = rows.next(); row != null; row = rows.next()) {
                read.add(row.toString());
            }
        }
        return read;
    }

    /** Columns written here. */
    static byte[] ours(MessageType schema, ColumnSettings settings, List<List<Group>> groups)
            throws IOException {
        MemoryFile.Written file = new MemoryFile.Written();
        ParquetFileWriter writer = writer(schema, file, ParquetProperties.builder());
        RowGroupColumns columns = new RowGroupColumns(schema, settings);
        for (List<Group> rows : groups) {
            shred(schema, new Leaves(schema, columns), rows);
            columns.writeTo(writer);
        }
        writer.end(Map.of());
        writer.close();
        return file.bytes();
    }

    /** Columns written by parquet-java. */
    static byte[] theirs(MessageType schema, ColumnSettings settings, List<List<Group>> groups)
            throws IOException {
        return theirs(schema, settings, ParquetProperties.WriterVersion.PARQUET_1_0, groups);
    }

    static byte[] theirs(
            MessageType schema,
            ColumnSettings settings,
            ParquetProperties.WriterVersion version,
            List<List<Group>> groups)
            throws IOException {
        ParquetProperties.Builder builder =
                ParquetProperties.builder()
                        .withWriterVersion(version)
                        .withPageSize(settings.pageBytes())
                        .withPageRowCountLimit(settings.pageRows())
                        .withDictionaryPageSize(settings.dictionaryBytes())
                        .withMinRowCountForPageSizeCheck(1)
                        .withDictionaryEncoding(settings.dictionaries());
        ParquetProperties properties = builder.build();
        MemoryFile.Written file = new MemoryFile.Written();
        ParquetFileWriter writer = writer(schema, file, builder);
        for (List<Group> rows : groups) {
            ColumnChunkPageWriteStore pages =
                    new ColumnChunkPageWriteStore(
                            ParquetRowGroups.compressor(settings.codec()),
                            schema,
                            properties.getAllocator(),
                            properties.getColumnIndexTruncateLength(),
                            true);
            ColumnWriteStore columns = properties.newColumnWriteStore(schema, pages);
            shred(schema, columns, rows);
            writer.startBlock(rows.size());
            columns.flush();
            pages.flushToFileWriter(writer);
            writer.endBlock();
            columns.close();
            pages.close();
        }
        writer.end(Map.of());
        writer.close();
        return file.bytes();
    }

    static ParquetFileWriter writer(
            MessageType schema, MemoryFile.Written file, ParquetProperties.Builder properties)
            throws IOException {
        ParquetFileWriter writer =
                new ParquetFileWriter(
                        file.forParquet(),
                        schema,
                        ParquetFileWriter.Mode.CREATE,
                        Long.MAX_VALUE,
                        0,
                        null,
                        properties.build());
        writer.start();
        return writer;
    }

    private static void shred(MessageType schema, ColumnWriteStore columns, List<Group> rows) {
        RecordConsumer consumer =
                new ColumnIOFactory().getColumnIO(schema).getRecordWriter(columns);
        GroupWriter writer = new GroupWriter(consumer, schema);
        rows.forEach(writer::write);
        consumer.flush();
    }

    /** What a reader finds that passes pages over: least and greatest values, first rows. */
    static String indexes(byte[] file, ColumnChunkMetaData chunk) throws IOException {
        IndexReference values = chunk.getColumnIndexReference();
        IndexReference places = chunk.getOffsetIndexReference();
        String index =
                values == null
                        ? "none"
                        : Util.readColumnIndex(
                                        new ByteArrayInputStream(
                                                file, (int) values.getOffset(), values.getLength()))
                                .toString();
        List<Long> firstRows =
                Util.readOffsetIndex(
                                new ByteArrayInputStream(
                                        file, (int) places.getOffset(), places.getLength()))
                        .getPage_locations()
                        .stream()
                        .map(page -> page.getFirst_row_index())
                        .toList();
        return index + " " + firstRows;
    }

    /** Gives to our columns what parquet-java gives to its own. */
    private record Leaves(MessageType schema, RowGroupColumns columns) implements ColumnWriteStore {
        @Override
        public ColumnWriter getColumnWriter(ColumnDescriptor path) {
            return new Leaf(path, columns.leaf(schema.getColumns().indexOf(path)));
        }

        @Override
        public void endRecord() {
            columns.endRow();
        }

        @Override
        public void flush() {}

        @Override
        public long getAllocatedSize() {
            return 0;
        }

        @Override
        public long getBufferedSize() {
            return columns.bufferedBytes();
        }

        @Override
        public String memUsageString() {
            return "";
        }

        @Override
        public void close() {}
    }

    /** One column. */
    private record Leaf(ColumnDescriptor path, LeafColumn leaf) implements ColumnWriter {
        @Override
        public void write(int value, int repetition, int definition) {
            leaf.addInt(repetition, definition, value);
        }

        @Override
        public void write(long value, int repetition, int definition) {
            leaf.addLong(repetition, definition, value);
        }

        @Override
        public void write(boolean value, int repetition, int definition) {
            leaf.addBoolean(repetition, definition, value);
        }

        @Override
        public void write(Binary value, int repetition, int definition) {
            if (path.getPrimitiveType().getLogicalTypeAnnotation()
                    instanceof
                    org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation) {
                leaf.addText(repetition, definition, value.toStringUsingUTF8());
            } else {
                byte[] bytes = value.getBytes();
                leaf.addBytes(repetition, definition, bytes, 0, bytes.length);
            }
        }

        @Override
        public void write(float value, int repetition, int definition) {
            leaf.addFloat(repetition, definition, value);
        }

        @Override
        public void write(double value, int repetition, int definition) {
            leaf.addDouble(repetition, definition, value);
        }

        @Override
        public void writeNull(int repetition, int definition) {
            leaf.addNull(repetition, definition);
        }

        @Override
        public void close() {}

        @Override
        public long getBufferedSizeInMemory() {
            return leaf.bufferedBytes();
        }
    }
}
