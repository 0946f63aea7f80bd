package io.millrace.connector.avro;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.reflect.ReflectData;
import org.apache.avro.reflect.ReflectDatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Writers of Avro's container files. Blocks are not compressed unless said otherwise. Stateless.
 */
public final class AvroWriters {
    private AvroWriters() {}

    /** Of a class that Avro generated. */
    public static <T extends SpecificRecordBase> AvroWriterFactory<T> forSpecificRecord(
            Class<T> type) {
        return forSpecificRecord(type, DataFileConstants.NULL_CODEC);
    }

    /**
     * @param codec a name that Avro knows, such as {@code deflate}; others than that need their
     *     library in the job's jar
     */
    public static <T extends SpecificRecordBase> AvroWriterFactory<T> forSpecificRecord(
            Class<T> type, String codec) {
        String schema = AvroData.schemaOf(type).toString();
        return new AvroWriterFactory<>(
                out ->
                        begin(
                                schema,
                                parsed ->
                                        new SpecificDatumWriter<>(parsed, generated(type, parsed)),
                                codec,
                                out));
    }

    private static SpecificData generated(Class<?> type, Schema schema) {
        return (SpecificData) AvroData.of(type, schema);
    }

    private static ReflectData reflected(Class<?> type, Schema schema) {
        return (ReflectData) AvroData.of(type, schema);
    }

    /** Of generic records of a schema. */
    public static AvroWriterFactory<GenericRecord> forGenericRecord(Schema schema) {
        return forGenericRecord(schema, DataFileConstants.NULL_CODEC);
    }

    /**
     * @param codec a name that Avro knows, such as {@code deflate}; others than that need their
     *     library in the job's jar
     */
    public static AvroWriterFactory<GenericRecord> forGenericRecord(Schema schema, String codec) {
        String text = schema.toString();
        return new AvroWriterFactory<>(out -> begin(text, GenericDatumWriter::new, codec, out));
    }

    /** Of any class, plain ones and Java records among them, as Avro looks into it. */
    public static <T> AvroWriterFactory<T> forReflectRecord(Class<T> type) {
        String schema = AvroData.reflectedSchemaOf(type).toString();
        return new AvroWriterFactory<>(
                out ->
                        begin(
                                schema,
                                parsed -> new ReflectDatumWriter<>(parsed, reflected(type, parsed)),
                                DataFileConstants.NULL_CODEC,
                                out));
    }

    private static <T> DataFileWriter<T> begin(
            String schema, Function<Schema, DatumWriter<T>> records, String codec, OutputStream out)
            throws IOException {
        Schema parsed = new Schema.Parser().parse(schema);
        return new DataFileWriter<>(records.apply(parsed))
                .setCodec(CodecFactory.fromString(codec))
                .create(parsed, out);
    }
}
