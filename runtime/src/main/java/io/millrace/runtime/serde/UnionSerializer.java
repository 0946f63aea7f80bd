package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a value of a sealed hierarchy: the index of its case, then the value. Immutable. */
final class UnionSerializer extends Serializer<Object> {
    private final Schema.Union schema;
    private final Serializer<Object>[] cases;
    private final boolean immutable;
    private final Map<Class<?>, Integer> exact = new HashMap<>();

    @SuppressWarnings("unchecked")
    UnionSerializer(Schema.Union schema, List<Serializer<Object>> cases, boolean immutable) {
        this.schema = schema;
        this.immutable = immutable;
        this.cases = cases.toArray(new Serializer[0]);
        for (int i = 0; i < this.cases.length; i++) {
            Class<?> type = exactType(schema.cases().get(i));
            if (type != null) {
                exact.put(type, i);
            }
        }
    }

    private static Class<?> exactType(Schema schema) {
        return switch (schema.kind()) {
            case STRUCT -> ((Schema.Struct) schema).type();
            case OPEN -> ((Schema.Open) schema).type();
            default -> null;
        };
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        int index = indexOf(value);
        if (index < 0) {
            throw new MillraceException(
                    ErrorCode.RECORD_TYPE_UNKNOWN,
                    value.getClass().getName()
                            + " is none of the "
                            + cases.length
                            + " cases of "
                            + schema.type().getName());
        }
        out.writeVarInt(index);
        cases[index].write(value, out);
    }

    @Override
    public Object read(BinaryReader in) {
        int index = in.readVarInt();
        if (index < 0 || index >= cases.length) {
            throw new CorruptDataException(
                    "case "
                            + index
                            + " of "
                            + schema.type().getName()
                            + ", which has "
                            + cases.length
                            + ", at "
                            + in.position());
        }
        return cases[index].read(in);
    }

    @Override
    public Object copy(Object value) {
        int index = indexOf(value);
        return index < 0 ? value : cases[index].copy(value);
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
        return indexOf(value) >= 0;
    }

    private int indexOf(Object value) {
        Integer known = exact.get(value.getClass());
        if (known != null) {
            return known;
        }
        for (int i = 0; i < cases.length; i++) {
            if (cases[i].fits(value)) {
                return i;
            }
        }
        return -1;
    }
}
