package io.millrace.runtime.serde;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A serializer of a type without parts. Immutable. */
abstract class ScalarSerializer<T> extends Serializer<T> {
    private static final Map<Scalar, Serializer<?>> ALL = all();

    private final Scalar scalar;

    ScalarSerializer(Scalar scalar) {
        this.scalar = scalar;
    }

    static Serializer<?> of(Scalar scalar) {
        return ALL.get(scalar);
    }

    @Override
    public T copy(T value) {
        return value;
    }

    @Override
    public boolean immutable() {
        return scalar.immutable();
    }

    @Override
    public Schema schema() {
        return new Schema.ScalarOf(scalar);
    }

    @Override
    boolean fits(Object value) {
        return value.getClass() == scalar.type() || Scalar.of(value.getClass()) == scalar;
    }

    private static Map<Scalar, Serializer<?>> all() {
        Map<Scalar, Serializer<?>> found = new EnumMap<>(Scalar.class);
        for (List<Serializer<?>> family :
                List.of(PlainScalars.all(), ArrayScalars.all(), TimeScalars.all())) {
            for (Serializer<?> serializer : family) {
                found.put(((ScalarSerializer<?>) serializer).scalar, serializer);
            }
        }
        assert found.size() == Scalar.values().length : found.keySet();
        return found;
    }
}
