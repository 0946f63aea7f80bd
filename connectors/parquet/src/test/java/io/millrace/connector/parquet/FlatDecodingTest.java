package io.millrace.connector.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatDecodingTest {
    private static final int FILES_OF_A_SEED = 10;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void decodesWhatParquetJavaWrote(long seed) throws IOException {
        for (int i = 0; i < FILES_OF_A_SEED; i++) {
            RandomFile file = RandomFile.of(seed * 1000 + i);
            assertThat(read(file, shape(file)))
                    .as("file %d of seed %d, %s", i, seed, file.schema())
                    .isEqualTo(file.records());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void decodesTheSameAsParquetJava(long seed) throws IOException {
        for (int i = 0; i < FILES_OF_A_SEED; i++) {
            RandomFile file = RandomFile.of(seed * 1000 + i);
            RecordShape<GenericRecord> assembled =
                    (footer, where) -> FlatDecodingTest.assembled(footer, where);
            assertThat(read(file, shape(file)))
                    .as("file %d of seed %d, %s", i, seed, file.schema())
                    .isEqualTo(read(file, assembled));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void splitsAtAnyBytesGiveEachRecordOnce(long seed) throws IOException {
        Random random = new Random(seed);
        RandomFile file = RandomFile.of(random, RandomFile.schema(random), 3000);
        int size = file.bytes().length;
        List<GenericRecord> all = new ArrayList<>();
        for (int from = 0; from < size; ) {
            int to = Math.min(size, from + 1 + random.nextInt(size / 3));
            all.addAll(records(file, shape(file), from, to));
            from = to;
        }
        assertThat(all).isEqualTo(file.records());
    }

    private static RecordShape<GenericRecord> shape(RandomFile file) {
        return new AvroShape<>(GenericRecord.class, file.schema());
    }

    private static GroupRecords<GenericRecord> assembled(ParquetMetadata footer, String where) {
        MessageType schema = footer.getFileMetaData().getSchema();
        ParquetConfiguration settings = new PlainParquetConfiguration();
        settings.setBoolean(AvroReadSupport.AVRO_COMPATIBILITY, false);
        AvroReadSupport<GenericRecord> support = new AvroReadSupport<>(GenericData.get());
        var properties = footer.getFileMetaData().getKeyValueMetaData();
        var context = support.init(settings, properties, schema);
        return new AssembledRecords<>(
                schema,
                schema,
                support.prepareForRead(settings, properties, schema, context),
                footer.getFileMetaData().getCreatedBy(),
                where);
    }

    private static List<GenericRecord> read(RandomFile file, RecordShape<GenericRecord> shape)
            throws IOException {
        return records(file, shape, 0, file.bytes().length);
    }

    private static List<GenericRecord> records(
            RandomFile file, RecordShape<GenericRecord> shape, long from, long to)
            throws IOException {
        List<GenericRecord> records = new ArrayList<>();
        try (RowGroupScan<GenericRecord> scan =
                RowGroupScan.open(
                        new MemoryFile(file.bytes()),
                        file.bytes().length,
                        from,
                        to,
                        shape,
                        null,
                        "memory")) {
            while (scan.hasNext()) {
                records.add(scan.next());
            }
        }
        return records;
    }
}
