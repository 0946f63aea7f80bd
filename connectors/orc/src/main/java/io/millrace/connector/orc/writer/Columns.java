package io.millrace.connector.orc.writer;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.ListTypeInfo;
import io.millrace.api.type.MapTypeInfo;
import io.millrace.api.type.TypeInformation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;
import org.apache.orc.TypeDescription;

/** Which writer a column has for values of a type. Pure. */
final class Columns {
    private static final Set<Class<?>> INTEGERS =
            Set.of(Byte.class, Short.class, Integer.class, Long.class);

    private Columns() {}

    /**
     * @param where the column, for messages
     * @throws MillraceException {@code PROGRAM_INVALID} if the column can never hold the type
     */
    static ColumnWriter of(
            TypeDescription column, TypeInformation<?> type, String where, HeldBytes held) {
        Class<?> target = type.getTypeClass();
        ColumnWriter found =
                switch (column.getCategory()) {
                    case BOOLEAN ->
                            target == Boolean.class
                                    ? new NumberColumns.OfBoolean(column, where)
                                    : null;
                    case BYTE -> integer(column, target, where, Byte.MIN_VALUE, Byte.MAX_VALUE);
                    case SHORT -> integer(column, target, where, Short.MIN_VALUE, Short.MAX_VALUE);
                    case INT ->
                            integer(column, target, where, Integer.MIN_VALUE, Integer.MAX_VALUE);
                    case LONG -> integer(column, target, where, Long.MIN_VALUE, Long.MAX_VALUE);
                    case FLOAT ->
                            target == Float.class
                                    ? new NumberColumns.OfDouble(column, where)
                                    : null;
                    case DOUBLE ->
                            target == Float.class || target == Double.class
                                    ? new NumberColumns.OfDouble(column, where)
                                    : null;
                    case DECIMAL ->
                            target == BigDecimal.class
                                    ? new NumberColumns.OfDecimal(column, where)
                                    : null;
                    case STRING ->
                            target == String.class
                                    ? new BytesColumns.OfText(column, where, held, false)
                                    : null;
                    case CHAR, VARCHAR ->
                            target == String.class
                                    ? new BytesColumns.OfText(column, where, held, true)
                                    : null;
                    case BINARY ->
                            target == byte[].class
                                    ? new BytesColumns.OfBytes(column, where, held)
                                    : null;
                    case DATE ->
                            target == LocalDate.class
                                    ? new TimeColumns.OfDate(column, where)
                                    : null;
                    case TIMESTAMP, TIMESTAMP_INSTANT ->
                            target == LocalDateTime.class || target == Instant.class
                                    ? new TimeColumns.OfTimestamp(column, where)
                                    : null;
                    case LIST ->
                            type instanceof ListTypeInfo<?> list
                                    ? NestedColumns.list(column, list, where, held)
                                    : null;
                    case MAP ->
                            type instanceof MapTypeInfo<?, ?> map
                                    ? NestedColumns.map(column, map, where, held)
                                    : null;
                    case STRUCT -> StructColumn.of(column, type, where, held);
                    default -> null; // unions, geometry
                };
        if (found == null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    where
                            + " is '"
                            + column
                            + "', which cannot hold a "
                            + target.getName()
                            + ". Choose another type for the column or the field.");
        }
        return found;
    }

    private static ColumnWriter integer(
            TypeDescription column, Class<?> target, String where, long min, long max) {
        return INTEGERS.contains(target)
                ? new NumberColumns.OfInteger(column, where, min, max)
                : null;
    }
}
