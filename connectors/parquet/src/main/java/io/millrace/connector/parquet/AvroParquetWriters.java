package io.millrace.connector.parquet;

import io.millrace.connector.avro.AvroData;
import io.millrace.connector.parquet.avro.AvroWriting;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Writers of records of Avro, for {@code FileSink.forBulkFormat}. Pages have checksums; they are
 * compressed by Snappy unless said otherwise. Statistics of floating-point columns have the order
 * that the type defines, which older readers know. Stateless.
 */
public final class AvroParquetWriters {
    private static final CompressionCodecName DEFAULT = CompressionCodecName.SNAPPY;

    private AvroParquetWriters() {}

    /** Of a class that Avro generated. */
    public static <T extends SpecificRecordBase> ParquetWriterFactory<T> forSpecificRecord(
            Class<T> type) {
        return forSpecificRecord(type, DEFAULT);
    }

    /**
     * @param codec UNCOMPRESSED, SNAPPY, GZIP, ZSTD or LZ4_RAW
     */
    public static <T extends SpecificRecordBase> ParquetWriterFactory<T> forSpecificRecord(
            Class<T> type, CompressionCodecName codec) {
        return factory(type, AvroData.schemaOf(type), codec);
    }

    /** Of generic records of a schema. */
    public static ParquetWriterFactory<GenericRecord> forGenericRecord(Schema schema) {
        return forGenericRecord(schema, DEFAULT);
    }

    /**
     * @param codec UNCOMPRESSED, SNAPPY, GZIP, ZSTD or LZ4_RAW
     */
    public static ParquetWriterFactory<GenericRecord> forGenericRecord(
            Schema schema, CompressionCodecName codec) {
        return flatFactory(GenericRecord.class, schema, codec);
    }

    /** Of any class, plain ones and Java records among them, as Avro looks into it. */
    public static <T> ParquetWriterFactory<T> forReflectRecord(Class<T> type) {
        return forReflectRecord(type, DEFAULT);
    }

    /**
     * @param codec UNCOMPRESSED, SNAPPY, GZIP, ZSTD or LZ4_RAW
     */
    public static <T> ParquetWriterFactory<T> forReflectRecord(
            Class<T> type, CompressionCodecName codec) {
        return flatFactory(type, AvroData.reflectedSchemaOf(type), codec);
    }

    private static <T> ParquetWriterFactory<T> flatFactory(
            Class<T> type, Schema schema, CompressionCodecName codec) {
        requireKnown(codec);
        String text = schema.toString();
        return new FlatWriterFactory<>(type, text, codec, out -> writer(type, text, codec, out));
    }

    private static <T> ParquetWriterFactory<T> factory(
            Class<T> type, Schema schema, CompressionCodecName codec) {
        requireKnown(codec);
        String text = schema.toString();
        return new ParquetWriterFactory<>(out -> writer(type, text, codec, out));
    }

    private static void requireKnown(CompressionCodecName codec) {
        if (!Codecs.isKnown(codec)) {
            throw new IllegalArgumentException(
                    "Pages are not compressed by "
                            + codec
                            + ": use UNCOMPRESSED, SNAPPY, GZIP, ZSTD or LZ4_RAW.");
        }
    }

    private static <T> ParquetWriter<T> writer(
            Class<T> type, String schemaText, CompressionCodecName codec, OutputFile out)
            throws IOException {
        Schema schema = new Schema.Parser().parse(schemaText);
        return new AvroWriting<>(out, type, schema)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new PageCodecs())
                .withCompressionCodec(codec)
                .withPageWriteChecksumEnabled(true)
                .build();
    }
}
