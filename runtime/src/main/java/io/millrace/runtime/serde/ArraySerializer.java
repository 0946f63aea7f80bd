package io.millrace.runtime.serde;

import java.lang.reflect.Array;

/** Writes an array of references as {@link Elements}. Immutable. */
final class ArraySerializer extends Serializer<Object[]> {
    private final Schema.ArrayOf schema;
    private final Serializer<Object> element;

    ArraySerializer(Schema.ArrayOf schema, Serializer<Object> element) {
        this.schema = schema;
        this.element = element;
    }

    @Override
    public void write(Object[] value, BinaryWriter out) {
        Elements.write(value, element, out);
    }

    @Override
    public Object[] read(BinaryReader in) {
        int header = in.readVarInt();
        boolean nulls = Elements.nulls(header);
        Object[] value =
                (Object[]) Array.newInstance(schema.elementType(), Elements.size(header, in));
        for (int i = 0; i < value.length; i++) {
            value[i] = Elements.read(nulls, element, in);
        }
        return value;
    }

    @Override
    public Object[] copy(Object[] value) {
        Object[] copy = value.clone();
        if (!element.immutable()) {
            for (int i = 0; i < copy.length; i++) {
                copy[i] = copy[i] == null ? null : element.copy(copy[i]);
            }
        }
        return copy;
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
        return value.getClass().getComponentType() == schema.elementType();
    }
}
