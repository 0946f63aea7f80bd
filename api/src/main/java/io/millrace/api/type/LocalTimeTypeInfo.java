package io.millrace.api.type;

import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.serialization.TypeSerializer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.Temporal;

/** The description of a date or time without a zone. Immutable. */
public class LocalTimeTypeInfo<T extends Temporal> extends ComparableType<T> {
    private static final long serialVersionUID = 1L;

    public static final LocalTimeTypeInfo<LocalDate> LOCAL_DATE =
            new LocalTimeTypeInfo<>(LocalDate.class, null, null);
    public static final LocalTimeTypeInfo<LocalTime> LOCAL_TIME =
            new LocalTimeTypeInfo<>(LocalTime.class, null, null);
    public static final LocalTimeTypeInfo<LocalDateTime> LOCAL_DATE_TIME =
            new LocalTimeTypeInfo<>(LocalDateTime.class, null, null);

    /** See {@link BasicTypeInfo}. */
    protected LocalTimeTypeInfo(
            Class<T> clazz,
            TypeSerializer<T> serializer,
            Class<? extends TypeComparator<T>> comparatorClass) {
        super(clazz, serializer, comparatorClass);
    }

    /** The description of such a class, or null if it is not one. */
    @SuppressWarnings("rawtypes") // the signature that programs call
    public static LocalTimeTypeInfo getInfoFor(Class type) {
        for (LocalTimeTypeInfo<?> one :
                java.util.List.of(LOCAL_DATE, LOCAL_TIME, LOCAL_DATE_TIME)) {
            if (one.getTypeClass() == type) {
                return one;
            }
        }
        return null;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof LocalTimeTypeInfo<?>;
    }

    @Override
    public String toString() {
        return getTypeClass().getSimpleName();
    }
}
