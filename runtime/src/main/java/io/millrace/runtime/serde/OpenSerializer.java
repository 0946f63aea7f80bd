package io.millrace.runtime.serde;

/**
 * Writes a value of a class that has, or may have, subclasses: a byte 0 and the fields of exactly
 * that class, or a byte 1 and what is found at run time, so that no subclass loses its own fields.
 * Immutable.
 */
final class OpenSerializer extends Serializer<Object> {
    private final Schema.Open schema;
    private final Class<?> type;
    private final Serializer<Object> exact;
    private final AnySerializer any;

    OpenSerializer(Schema.Open schema, Serializer<Object> exact, AnySerializer any) {
        this.schema = schema;
        this.type = schema.type();
        this.exact = exact;
        this.any = any;
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        if (value.getClass() == type) {
            out.writeByte(0);
            exact.write(value, out);
        } else {
            out.writeByte(1);
            any.write(value, out);
        }
    }

    @Override
    public int lookInto(Object value) {
        return value.getClass() == type ? exact.lookInto(value) : 0;
    }

    @Override
    public Object read(BinaryReader in) {
        return in.readByte() == 0 ? exact.read(in) : any.read(in);
    }

    @Override
    public Object copy(Object value) {
        return value.getClass() == type ? exact.copy(value) : any.copy(value);
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    boolean fits(Object value) {
        return type.isInstance(value);
    }
}
