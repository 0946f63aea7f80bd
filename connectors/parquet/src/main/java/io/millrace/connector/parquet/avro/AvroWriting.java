package io.millrace.connector.parquet.avro;

import io.millrace.connector.avro.AvroData;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;

/**
 * Builds parquet-java's writer of records of Avro, as {@code AvroParquetWriter} does, but with
 * columns in the {@linkplain ColumnOrders orders that all readers know}. Confined to one thread.
 */
public final class AvroWriting<T> extends ParquetWriter.Builder<T, AvroWriting<T>> {
    private final Class<T> type;
    private final Schema schema;

    /**
     * @param out an empty file
     * @param type of the records, whose fields the schema names
     */
    public AvroWriting(OutputFile out, Class<T> type, Schema schema) {
        super(out);
        this.type = type;
        this.schema = schema;
    }

    /** What turns records of a schema into columns. */
    public static <T> WriteSupport<T> support(
            Class<T> type, Schema schema, ParquetConfiguration settings) {
        return new AvroWriteSupport<>(
                ColumnOrders.known(new AvroSchemaConverter(settings).convert(schema)),
                schema,
                AvroData.of(type, schema));
    }

    @Override
    protected AvroWriting<T> self() {
        return this;
    }

    @Override
    protected WriteSupport<T> getWriteSupport(Configuration ignored) {
        return support(type, schema, new PlainParquetConfiguration());
    }

    @Override
    protected WriteSupport<T> getWriteSupport(ParquetConfiguration settings) {
        return support(type, schema, settings);
    }
}
