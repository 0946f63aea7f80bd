package io.millrace.connector.parquet;

import io.millrace.connector.avro.AvroData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Records of Avro. Generic records whose fields are numbers, truth values, texts and bytes are made
 * of decoded columns; all others by parquet-java. Immutable.
 */
final class AvroShape<T> implements RecordShape<T> {
    private static final long serialVersionUID = 1L;

    /** Of parquet-java's settings: the schema that records are converted to. */
    private static final String READ_SCHEMA = "parquet.avro.read.schema";

    private final Class<T> type;

    /** As Avro writes it. */
    private final String schemaText;

    AvroShape(Class<T> type, Schema schema) {
        this.type = type;
        this.schemaText = schema.toString();
    }

    @Override
    public GroupRecords<T> of(ParquetMetadata footer, String where) {
        Schema schema = new Schema.Parser().parse(schemaText);
        GroupRecords<T> flat = type == GenericRecord.class ? flat(schema, footer, where) : null;
        return flat != null ? flat : assembled(schema, footer, where);
    }

    /** Null if not all fields are of decoded columns. */
    private GroupRecords<T> flat(Schema schema, ParquetMetadata footer, String where) {
        MessageType file = footer.getFileMetaData().getSchema();
        WantedColumns wanted = new WantedColumns(footer, where);
        List<FlatColumn> columns = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            Class<?> target = targetOf(field.schema());
            boolean decoded =
                    target != null
                            && file.containsField(field.name())
                            && wanted.isFlat(field.name())
                            && isSame(file.getType(field.name()), field.schema());
            if (!decoded) {
                return null;
            }
            columns.add(wanted.column(field.name(), target));
        }
        FlatColumn[] each = columns.toArray(FlatColumn[]::new);
        return new FlatRecords<>(
                columns,
                (target, rows) -> {
                    for (int row = 0; row < rows; row++) {
                        target[row] = make(schema, each, row);
                    }
                },
                where);
    }

    private T make(Schema schema, FlatColumn[] columns, int row) {
        IndexedRecord record = new GenericData.Record(schema);
        for (int i = 0; i < columns.length; i++) {
            record.put(i, columns[i].value(row));
        }
        return type.cast(record);
    }

    /** What a field's values are, or null. */
    private static Class<?> targetOf(Schema schema) {
        Schema value = withoutNull(schema);
        return switch (value.getType()) {
            case INT -> Integer.class;
            case LONG -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case BOOLEAN -> Boolean.class;
            case STRING ->
                    "String".equals(value.getProp(GenericData.STRING_PROP))
                            ? String.class
                            : Utf8.class;
            case BYTES -> ByteBuffer.class;
            default -> null;
        };
    }

    /** The other one of two types of which one is null. */
    static Schema withoutNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION || schema.getTypes().size() != 2) {
            return schema;
        }
        List<Schema> both = schema.getTypes();
        if (both.get(0).getType() == Schema.Type.NULL) {
            return both.get(1);
        }
        return both.get(1).getType() == Schema.Type.NULL ? both.get(0) : schema;
    }

    /** Whether file and schema agree, so that nothing is converted and no default is needed. */
    private static boolean isSame(Type column, Schema schema) {
        if (column.isRepetition(Type.Repetition.OPTIONAL)
                && schema.getType() != Schema.Type.UNION) {
            return false;
        }
        return switch (column.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> withoutNull(schema).getType() == Schema.Type.INT;
            case INT64 -> withoutNull(schema).getType() == Schema.Type.LONG;
            case FLOAT -> withoutNull(schema).getType() == Schema.Type.FLOAT;
            case DOUBLE -> withoutNull(schema).getType() == Schema.Type.DOUBLE;
            case BOOLEAN -> withoutNull(schema).getType() == Schema.Type.BOOLEAN;
            case BINARY ->
                    withoutNull(schema).getType() == Schema.Type.STRING
                            || withoutNull(schema).getType() == Schema.Type.BYTES;
            case FIXED_LEN_BYTE_ARRAY, INT96 -> false;
        };
    }

    private GroupRecords<T> assembled(Schema schema, ParquetMetadata footer, String where) {
        MessageType file = footer.getFileMetaData().getSchema();
        ParquetConfiguration settings = new PlainParquetConfiguration();
        settings.set(READ_SCHEMA, schemaText);
        settings.setBoolean(AvroReadSupport.AVRO_COMPATIBILITY, false);
        AvroReadSupport<T> support = new AvroReadSupport<>(AvroData.of(type, schema));
        MessageType read = project(file, schema);
        ReadSupport.ReadContext context =
                support.init(settings, footer.getFileMetaData().getKeyValueMetaData(), read);
        RecordMaterializer<T> materializer =
                support.prepareForRead(
                        settings, footer.getFileMetaData().getKeyValueMetaData(), read, context);
        return new AssembledRecords<>(
                file, read, materializer, footer.getFileMetaData().getCreatedBy(), where);
    }

    /** The columns of the file that the schema has, by the names of the outermost fields. */
    private static MessageType project(MessageType file, Schema schema) {
        List<Type> kept = new ArrayList<>();
        for (Type field : file.getFields()) {
            boolean wanted =
                    schema.getField(field.getName()) != null
                            || schema.getFields().stream()
                                    .anyMatch(each -> each.aliases().contains(field.getName()));
            if (wanted) {
                kept.add(field);
            }
        }
        return new MessageType(file.getName(), kept);
    }
}
