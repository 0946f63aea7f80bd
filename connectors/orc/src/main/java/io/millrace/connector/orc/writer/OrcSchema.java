package io.millrace.connector.orc.writer;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.ListTypeInfo;
import io.millrace.api.type.MapTypeInfo;
import io.millrace.api.type.PojoTypeInfo;
import io.millrace.api.type.RecordTypeInfo;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.api.type.TypeField;
import io.millrace.api.type.TypeInformation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.orc.TypeDescription;

/** The columns that types have where nobody says others. Pure. */
final class OrcSchema {
    private static final int DECIMAL_PRECISION = 38;
    private static final int DECIMAL_SCALE = 18;

    private static final Map<Class<?>, Supplier<TypeDescription>> PLAIN =
            Map.ofEntries(
                    Map.entry(Boolean.class, TypeDescription::createBoolean),
                    Map.entry(Byte.class, TypeDescription::createByte),
                    Map.entry(Short.class, TypeDescription::createShort),
                    Map.entry(Integer.class, TypeDescription::createInt),
                    Map.entry(Long.class, TypeDescription::createLong),
                    Map.entry(Float.class, TypeDescription::createFloat),
                    Map.entry(Double.class, TypeDescription::createDouble),
                    Map.entry(String.class, TypeDescription::createString),
                    Map.entry(byte[].class, TypeDescription::createBinary),
                    Map.entry(
                            BigDecimal.class,
                            () ->
                                    TypeDescription.createDecimal()
                                            .withPrecision(DECIMAL_PRECISION)
                                            .withScale(DECIMAL_SCALE)),
                    Map.entry(LocalDate.class, TypeDescription::createDate),
                    Map.entry(LocalDateTime.class, TypeDescription::createTimestamp),
                    Map.entry(Instant.class, TypeDescription::createTimestampInstant));

    private OrcSchema() {}

    /**
     * @param where the field or class, for the message
     * @throws MillraceException {@code PROGRAM_INVALID} if there is no column for it
     */
    static TypeDescription of(TypeInformation<?> type, String where) {
        Supplier<TypeDescription> plain = PLAIN.get(type.getTypeClass());
        if (plain != null) {
            return plain.get();
        }
        if (type instanceof ListTypeInfo<?> list) {
            return TypeDescription.createList(of(list.getElementTypeInfo(), where + "'s elements"));
        }
        if (type instanceof MapTypeInfo<?, ?> map) {
            return TypeDescription.createMap(
                    of(map.getKeyTypeInfo(), where + "'s keys"),
                    of(map.getValueTypeInfo(), where + "'s values"));
        }
        TypeDescription struct = TypeDescription.createStruct();
        if (type instanceof RowTypeInfo row) {
            for (int i = 0; i < row.getArity(); i++) {
                String name = row.getFieldNames()[i];
                struct.addField(name, of(row.getTypeAt(i), where + ", field '" + name + "'"));
            }
            return struct;
        }
        for (TypeField field : fields(type, where)) {
            struct.addField(
                    field.name(), of(field.type(), where + ", field '" + field.name() + "'"));
        }
        return struct;
    }

    /**
     * Of a plain class or a Java record.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} if it is neither
     */
    private static List<TypeField> fields(TypeInformation<?> type, String where) {
        if (type instanceof PojoTypeInfo<?> pojo) {
            return pojo.fields();
        }
        if (type instanceof RecordTypeInfo<?> record) {
            return record.fields();
        }
        throw new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                where
                        + " is a "
                        + type
                        + ", for which ORC has no column. Use a number, text, byte[], BigDecimal,"
                        + " LocalDate, LocalDateTime, Instant, a List, a Map, or a plain class or"
                        + " Java record of these.");
    }
}
