package io.millrace.api.type;

import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.serialization.TypeSerializer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;

/** The description of a date or time of {@code java.sql}. Immutable. */
public class SqlTimeTypeInfo<T> extends ComparableType<T> {
    private static final long serialVersionUID = 1L;

    public static final SqlTimeTypeInfo<Date> DATE = new SqlTimeTypeInfo<>(Date.class, null, null);
    public static final SqlTimeTypeInfo<Time> TIME = new SqlTimeTypeInfo<>(Time.class, null, null);
    public static final SqlTimeTypeInfo<Timestamp> TIMESTAMP =
            new SqlTimeTypeInfo<>(Timestamp.class, null, null);

    /** See {@link BasicTypeInfo}. */
    protected SqlTimeTypeInfo(
            Class<T> clazz,
            TypeSerializer<T> serializer,
            Class<? extends TypeComparator<T>> comparatorClass) {
        super(clazz, serializer, comparatorClass);
    }

    /** The description of such a class, or null if it is not one. */
    @SuppressWarnings("unchecked")
    public static <X> SqlTimeTypeInfo<X> getInfoFor(Class<X> type) {
        for (SqlTimeTypeInfo<?> one : java.util.List.of(DATE, TIME, TIMESTAMP)) {
            if (one.getTypeClass() == type) {
                return (SqlTimeTypeInfo<X>) one;
            }
        }
        return null;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof SqlTimeTypeInfo<?>;
    }

    @Override
    public String toString() {
        return getTypeClass().getSimpleName();
    }
}
