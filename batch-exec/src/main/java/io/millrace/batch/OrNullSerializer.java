package io.millrace.batch;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;

/** Values that may be null: whether there is one, then the value. Immutable. */
final class OrNullSerializer extends Serializer<Object> {
    private final Serializer<Object> values;

    OrNullSerializer(Serializer<Object> values) {
        this.values = values;
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        out.writeByte(value == null ? 0 : 1);
        if (value != null) {
            values.write(value, out);
        }
    }

    @Override
    public Object read(BinaryReader in) {
        return in.readByte() == 0 ? null : values.read(in);
    }

    @Override
    public Object copy(Object value) {
        return value == null ? null : values.copy(value);
    }

    @Override
    public boolean immutable() {
        return values.immutable();
    }

    @Override
    public Schema schema() {
        return values.schema();
    }
}
