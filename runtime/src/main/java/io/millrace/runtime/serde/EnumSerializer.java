package io.millrace.runtime.serde;

/** Writes the index of an enum constant. Immutable. */
final class EnumSerializer extends Serializer<Enum<?>> {
    private final Schema.EnumOf schema;
    private final Enum<?>[] constants;

    EnumSerializer(Schema.EnumOf schema) {
        this.schema = schema;
        this.constants = (Enum<?>[]) schema.type().getEnumConstants();
    }

    @Override
    public void write(Enum<?> value, BinaryWriter out) {
        out.writeVarInt(value.ordinal());
    }

    @Override
    public Enum<?> read(BinaryReader in) {
        int index = in.readVarInt();
        if (index < 0 || index >= constants.length) {
            throw new CorruptDataException(
                    "constant "
                            + index
                            + " of "
                            + schema.type().getName()
                            + ", which has "
                            + constants.length
                            + ", at "
                            + in.position());
        }
        return constants[index];
    }

    @Override
    public Enum<?> copy(Enum<?> value) {
        return value;
    }

    @Override
    public boolean immutable() {
        return true;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    boolean fits(Object value) {
        return value instanceof Enum<?> constant && constant.getDeclaringClass() == schema.type();
    }
}
