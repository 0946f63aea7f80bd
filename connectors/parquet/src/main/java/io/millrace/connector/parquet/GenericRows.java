package io.millrace.connector.parquet;

import io.millrace.connector.parquet.write.LeafColumn;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/** Adds the fields of generic records to columns. Immutable. */
final class GenericRows implements RowPut {
    private final Schema.Type[] types;

    /** Of a value that is present: 1 if it may be null. */
    private final int[] levels;

    private GenericRows(Schema.Type[] types, int[] levels) {
        this.types = types;
        this.levels = levels;
    }

    /** Null if fields are nested or have logical types, which is for parquet-java. */
    static RowPut of(Schema schema) {
        int size = schema.getType() == Schema.Type.RECORD ? schema.getFields().size() : 0;
        if (size == 0 || schema.getLogicalType() != null) {
            return null;
        }
        Schema.Type[] types = new Schema.Type[size];
        int[] levels = new int[size];
        for (int i = 0; i < size; i++) {
            Schema field = schema.getFields().get(i).schema();
            Schema value = AvroShape.withoutNull(field);
            boolean plain =
                    switch (value.getType()) {
                        case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTES, ENUM, FIXED -> true;
                        default -> false;
                    };
            if (!plain || value.getLogicalType() != null) {
                return null;
            }
            types[i] = value.getType();
            levels[i] = value == field ? 0 : 1;
        }
        return new GenericRows(types, levels);
    }

    @Override
    public void put(LeafColumn[] columns, Object row) {
        IndexedRecord record = (IndexedRecord) row;
        for (int i = 0; i < columns.length; i++) {
            Object value = record.get(i);
            if (value == null) {
                FieldPuts.putNull(columns[i], levels[i]);
            } else {
                put(columns, i, value);
            }
        }
    }

    private void put(LeafColumn[] columns, int index, Object value) {
        LeafColumn column = columns[index];
        int level = levels[index];
        switch (types[index]) {
            case INT -> column.addInt(0, level, ((Number) value).intValue());
            case LONG -> column.addLong(0, level, ((Number) value).longValue());
            case FLOAT -> column.addFloat(0, level, ((Number) value).floatValue());
            case DOUBLE -> column.addDouble(0, level, ((Number) value).doubleValue());
            case BOOLEAN -> column.addBoolean(0, level, (Boolean) value);
            case STRING -> {
                if (value instanceof Utf8 text) {
                    column.addBytes(0, level, text.getBytes(), 0, text.getByteLength());
                } else {
                    column.addText(0, level, ((CharSequence) value).toString());
                }
            }
            case ENUM -> column.addText(0, level, value.toString());
            case FIXED -> {
                byte[] bytes = ((GenericFixed) value).bytes();
                column.addBytes(0, level, bytes, 0, bytes.length);
            }
            case BYTES -> {
                if (value instanceof byte[] bytes) {
                    column.addBytes(0, level, bytes, 0, bytes.length);
                } else {
                    FieldPuts.putBuffer(columns, index, level, (ByteBuffer) value);
                }
            }
            default -> throw new IllegalStateException(types[index] + " is not plain");
        }
    }
}
