package io.millrace.api.type;

import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.serialization.TypeSerializer;

/** The description of a number with a fraction. Immutable. */
public class FractionalTypeInfo<T> extends NumericTypeInfo<T> {
    private static final long serialVersionUID = 1L;

    /** See {@link BasicTypeInfo}. */
    protected FractionalTypeInfo(
            Class<T> clazz,
            Class<?>[] possibleCastTargetTypes,
            TypeSerializer<T> serializer,
            Class<? extends TypeComparator<T>> comparatorClass) {
        super(clazz, possibleCastTargetTypes, serializer, comparatorClass);
    }

    FractionalTypeInfo(Class<T> type, Class<?>[] possibleCastTargetTypes) {
        super(type, possibleCastTargetTypes, null, null);
    }
}
