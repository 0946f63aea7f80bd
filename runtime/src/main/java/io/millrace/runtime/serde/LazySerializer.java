package io.millrace.runtime.serde;

import java.util.function.Supplier;

/**
 * Stands for a serializer that is made when somebody writes or reads the first such value.
 * Thread-safe.
 */
final class LazySerializer extends Serializer<Object> {
    private final Schema schema;
    private final boolean immutable;
    private final Supplier<Serializer<Object>> maker;

    // Set by the first thread that needs it, read by all; publishes the serializer and its parts.
    private volatile Serializer<Object> made;

    LazySerializer(Schema schema, boolean immutable, Supplier<Serializer<Object>> maker) {
        this.schema = schema;
        this.immutable = immutable;
        this.maker = maker;
    }

    private Serializer<Object> made() {
        Serializer<Object> known = made;
        return known == null ? make() : known;
    }

    private synchronized Serializer<Object> make() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        made().write(value, out);
    }

    @Override
    public Object read(BinaryReader in) {
        return made().read(in);
    }

    @Override
    public Object copy(Object value) {
        return immutable ? value : made().copy(value);
    }

    @Override
    public boolean immutable() {
        return immutable;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    boolean fits(Object value) {
        return made().fits(value);
    }
}
