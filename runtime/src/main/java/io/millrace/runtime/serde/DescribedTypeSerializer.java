package io.millrace.runtime.serde;

import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;

/** The serializer of a described type, as programs use it. Immutable. */
final class DescribedTypeSerializer<T> extends BinaryTypeSerializer<T>
        implements ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;
    private transient volatile Serializer<Object> made; // by any thread, always an equal one

    DescribedTypeSerializer(TypeInformation<T> type) {
        this.type = type;
        this.made = Serializers.of(type, loaderOf(type));
    }

    private static ClassLoader loaderOf(TypeInformation<?> type) {
        ClassLoader loader = type.getTypeClass().getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        boolean shared = loader == null || loader == TypeInformation.class.getClassLoader();
        return shared && context != null ? context : loader;
    }

    @Override
    Serializer<Object> serializer() {
        Serializer<Object> known = made;
        if (known == null) { // after Java deserialization
            known = Serializers.of(type, loaderOf(type));
            made = known;
        }
        return known;
    }

    @Override
    ClassLoader userLoader() {
        return loaderOf(type);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DescribedTypeSerializer<?> that && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }
}
