package io.millrace.api.type;

import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.serialization.TypeSerializer;

/** The description of a number. Immutable. */
public abstract class NumericTypeInfo<T> extends BasicTypeInfo<T> {
    private static final long serialVersionUID = 1L;

    /** See {@link BasicTypeInfo}. */
    protected NumericTypeInfo(
            Class<T> clazz,
            Class<?>[] possibleCastTargetTypes,
            TypeSerializer<T> serializer,
            Class<? extends TypeComparator<T>> comparatorClass) {
        super(clazz, possibleCastTargetTypes, serializer, comparatorClass);
    }
}
