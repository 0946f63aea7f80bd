package io.millrace.runtime.serde;

/**
 * Stands for a serializer that is being made, where a type contains itself. Set once, before
 * anybody else sees it; the serializers that contain it are published safely, so it is too.
 */
final class LateSerializer extends Serializer<Object> {
    private final Schema schema;
    private final boolean immutable;
    private Serializer<Object> target;

    LateSerializer(Schema schema, boolean immutable) {
        this.schema = schema;
        this.immutable = immutable;
    }

    @SuppressWarnings("unchecked") // the schema says what it serializes
    void is(Serializer<?> serializer) {
        this.target = (Serializer<Object>) serializer;
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        out.enter();
        target.write(value, out);
        out.exit();
    }

    @Override
    public Object read(BinaryReader in) {
        in.enter();
        Object value = target.read(in);
        in.exit();
        return value;
    }

    @Override
    public Object copy(Object value) {
        return target.copy(value);
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
        return target.fits(value);
    }
}
