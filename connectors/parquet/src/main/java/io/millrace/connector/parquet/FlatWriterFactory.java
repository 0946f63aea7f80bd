package io.millrace.connector.parquet;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.connector.parquet.avro.AvroWriting;
import io.millrace.connector.parquet.write.ColumnSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes records of Avro: those with plain fields by columns that are made here, all others by
 * parquet-java. Schema and metadata of the file are the same. Immutable.
 */
final class FlatWriterFactory<T> extends ParquetWriterFactory<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;

    /** As Avro writes it. */
    private final String schemaText;

    private final CompressionCodecName codec;

    /**
     * @param others for records that are not flat
     */
    FlatWriterFactory(
            Class<T> type,
            String schemaText,
            CompressionCodecName codec,
            ParquetBuilder<T> others) {
        super(others);
        this.type = type;
        this.schemaText = schemaText;
        this.codec = codec;
    }

    @Override
    public BulkWriter<T> create(FSDataOutputStream stream) throws IOException {
        Schema schema = new Schema.Parser().parse(schemaText);
        RowPut put =
                type == GenericRecord.class
                        ? GenericRows.of(schema)
                        : ReflectedRows.of(type, schema);
        if (put == null) {
            return super.create(stream);
        }
        ParquetConfiguration settings = new PlainParquetConfiguration();
        WriteSupport<T> support = AvroWriting.support(type, schema, settings);
        WriteSupport.WriteContext context = support.init(settings);
        Map<String, String> metadata = new HashMap<>(context.getExtraMetaData());
        metadata.put(ParquetWriter.OBJECT_MODEL_NAME_PROP, support.getName());
        return FlatBulkWriter.create(
                put,
                context.getSchema(),
                metadata,
                ColumnSettings.of(codec),
                ParquetWriter.DEFAULT_BLOCK_SIZE,
                stream);
    }
}
