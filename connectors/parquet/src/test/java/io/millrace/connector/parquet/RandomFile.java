package io.millrace.connector.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Records of a random flat schema and the file that parquet-java makes of them. */
record RandomFile(Schema schema, List<GenericRecord> records, byte[] bytes) {
    private static final List<Schema.Type> TYPES =
            List.of(
                    Schema.Type.INT,
                    Schema.Type.LONG,
                    Schema.Type.FLOAT,
                    Schema.Type.DOUBLE,
                    Schema.Type.BOOLEAN,
                    Schema.Type.STRING,
                    Schema.Type.BYTES);
    private static final List<CompressionCodecName> CODECS =
            List.of(
                    CompressionCodecName.UNCOMPRESSED,
                    CompressionCodecName.SNAPPY,
                    CompressionCodecName.GZIP,
                    CompressionCodecName.ZSTD,
                    CompressionCodecName.LZ4_RAW);

    static RandomFile of(long seed) throws IOException {
        Random random = new Random(seed);
        int rows = random.nextInt(4) == 0 ? random.nextInt(5) : random.nextInt(6000);
        return of(random, schema(random), rows);
    }

    static RandomFile of(Random random, Schema schema, int rows) throws IOException {
        int distinct = 1 + random.nextInt(random.nextBoolean() ? 8 : 5000);
        int nulls = random.nextInt(4);
        boolean inRuns = random.nextBoolean();
        List<GenericRecord> records = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            GenericRecord record = new GenericData.Record(schema);
            for (Schema.Field field : schema.getFields()) {
                int source = inRuns ? i / 50 : random.nextInt(distinct);
                boolean absent =
                        field.schema().isNullable()
                                && (nulls == 3 || nulls > 0 && random.nextInt(nulls * 3) == 0);
                record.put(field.pos(), absent ? null : value(field.schema(), source));
            }
            records.add(record);
        }
        MemoryFile.Written file = new MemoryFile.Written();
        try (ParquetWriter<GenericRecord> writer = writer(random, schema, file)) {
            for (GenericRecord record : records) {
                writer.write(record);
            }
        }
        return new RandomFile(schema, records, file.bytes());
    }

    static Schema schema(Random random) {
        List<Schema.Field> fields = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            Schema type = Schema.create(TYPES.get(random.nextInt(TYPES.size())));
            boolean nullable = random.nextBoolean();
            Schema field =
                    nullable ? Schema.createUnion(Schema.create(Schema.Type.NULL), type) : type;
            fields.add(new Schema.Field("f" + i, field));
        }
        return Schema.createRecord("R", null, "t", false, fields);
    }

    private static Object value(Schema schema, int source) {
        Random random = new Random(source * 31L + 7);
        Schema type = schema.isNullable() ? schema.getTypes().get(1) : schema;
        return switch (type.getType()) {
            case INT -> random.nextInt(3) == 0 ? source : random.nextInt();
            case LONG -> random.nextInt(3) == 0 ? (long) source : random.nextLong();
            case FLOAT -> random.nextFloat() * source;
            case DOUBLE -> random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> new Utf8("ö" + "x".repeat(random.nextInt(30)) + source);
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield ByteBuffer.wrap(bytes);
            }
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static ParquetWriter<GenericRecord> writer(
            Random random, Schema schema, MemoryFile.Written file) throws IOException {
        return AvroParquetWriter.<GenericRecord>builder(file.forParquet())
                .withConf(new PlainParquetConfiguration())
                .withSchema(schema)
                .withDataModel(GenericData.get())
                .withCodecFactory(new PageCodecs())
                .withCompressionCodec(CODECS.get(random.nextInt(CODECS.size())))
                .withWriterVersion(
                        random.nextBoolean()
                                ? WriterVersion.PARQUET_1_0
                                : WriterVersion.PARQUET_2_0)
                .withDictionaryEncoding(random.nextInt(3) > 0)
                .withByteStreamSplitEncoding(random.nextInt(4) == 0)
                .withDictionaryPageSize(random.nextBoolean() ? 200 : 1 << 20)
                .withPageSize(random.nextBoolean() ? 100 : 1 << 16)
                .withPageRowCountLimit(1 + random.nextInt(2000))
                .withRowGroupSize(random.nextBoolean() ? 4_000L : 1L << 27)
                .withMinRowCountForPageSizeCheck(10)
                .withPageWriteChecksumEnabled(random.nextInt(5) > 0)
                .build();
    }
}
