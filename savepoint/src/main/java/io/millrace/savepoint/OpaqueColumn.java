package io.millrace.savepoint;

import io.millrace.runtime.serde.PlainValues;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Values that only the engine, or only the program, can read: their bytes. Immutable.
 *
 * @param values null if a value is its bytes
 */
final class OpaqueColumn extends Column {
    private final PlainValues values;

    OpaqueColumn(PlainValues values) {
        this.values = values;
    }

    @Override
    Type type(String name, Type.Repetition repetition) {
        return Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
    }

    @Override
    void write(Object value, RowOutput out) {
        byte[] bytes = values == null ? (byte[]) value : values.toBytes(value);
        out.columns().addBinary(Binary.fromConstantByteArray(bytes));
    }

    @Override
    Converter converter(Sink sink) {
        return new PrimitiveConverter() {
            @Override
            public void addBinary(Binary value) {
                byte[] bytes = value.getBytes();
                sink.set(values == null ? bytes : values.fromBytes(bytes));
            }
        };
    }
}
