package io.millrace.api.state;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import java.util.Objects;

/**
 * The description of values of which only a serializer is known. So the engine meets a description
 * behind each state. Immutable.
 */
final class SerializerType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final TypeSerializer<T> serializer;

    private SerializerType(TypeSerializer<T> serializer) {
        this.serializer = serializer;
    }

    /** The description that the serializer was made of, if it says so; else one that wraps it. */
    @SuppressWarnings("unchecked") // a serializer knows the type that it writes
    static <T> TypeInformation<T> of(TypeSerializer<T> serializer) {
        Objects.requireNonNull(serializer, "The serializer of a state is null.");
        return serializer instanceof ResultTypeQueryable<?> described
                ? ((ResultTypeQueryable<T>) described).getProducedType()
                : new SerializerType<>(serializer);
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer.duplicate();
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    /** A serializer does not say which class its values have. */
    @Override
    @SuppressWarnings("unchecked")
    public Class<T> getTypeClass() {
        return (Class<T>) Object.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof SerializerType;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SerializerType<?> that && serializer.equals(that.serializer);
    }

    @Override
    public int hashCode() {
        return serializer.hashCode();
    }

    @Override
    public String toString() {
        return "what " + serializer.getClass().getName() + " writes";
    }
}
