package io.millrace.runtime.serde;

import java.util.Optional;

/** Writes an optional: a byte 0 (empty) or 1, then the value. Immutable. */
final class OptionalSerializer extends Serializer<Optional<Object>> {
    private final Schema.OptionalOf schema;
    private final Serializer<Object> part;

    OptionalSerializer(Schema.OptionalOf schema, Serializer<Object> part) {
        this.schema = schema;
        this.part = part;
    }

    @Override
    public void write(Optional<Object> value, BinaryWriter out) {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            part.write(value.get(), out);
        }
    }

    @Override
    public Optional<Object> read(BinaryReader in) {
        return in.readBoolean() ? Optional.ofNullable(part.read(in)) : Optional.empty();
    }

    @Override
    public Optional<Object> copy(Optional<Object> value) {
        return immutable() || value.isEmpty() ? value : Optional.of(part.copy(value.get()));
    }

    @Override
    public boolean immutable() {
        return part.immutable();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    boolean fits(Object value) {
        return value instanceof Optional<?>;
    }
}
