package io.millrace.runtime.serde;

import io.millrace.api.type.Row;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Values with nothing in them, for serializers that are asked for one. Stateless. */
final class EmptyValues {
    private EmptyValues() {}

    /** The bytes that each value takes; -1 if they differ. */
    static int fixedLength(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN, BYTE -> 1;
            case SHORT, CHAR -> 2;
            case INT, FLOAT -> 4;
            case LONG, DOUBLE -> 8;
            default -> -1;
        };
    }

    /** Null for types of which there is no empty value. */
    static Object of(Schema schema) {
        return switch (schema.kind()) {
            case SCALAR -> of(((Schema.ScalarOf) schema).type());
            case ENUM -> {
                Object[] constants = ((Schema.EnumOf) schema).type().getEnumConstants();
                yield constants.length == 0 ? null : constants[0];
            }
            case STRUCT -> of((Schema.Struct) schema);
            case SEQUENCE -> ((Schema.Sequence) schema).form().make.apply(0);
            case MAPPING -> ((Schema.Mapping) schema).form().make.get();
            case ARRAY -> Array.newInstance(((Schema.ArrayOf) schema).elementType(), 0);
            case OPTIONAL -> Optional.empty();
            case OPEN -> of(((Schema.Open) schema).exact());
            case ROW -> new Row(((Schema.RowOf) schema).fields().size());
            case UNION, ANY, ENCLOSING, CUSTOM -> null;
        };
    }

    private static Object of(Schema.Struct struct) {
        if (struct.form() == Schema.Form.PLAIN) {
            return null;
        }
        StructMaker maker = StructMaker.of(struct);
        Object[] values = maker.begin();
        if (struct.form() == Schema.Form.TUPLE) {
            for (int i = 0; i < struct.fields().size(); i++) {
                maker.set(values, i, of(struct.fields().get(i).schema()));
            }
        }
        try {
            return maker.end(values);
        } catch (RuntimeException e) {
            return null; // a record that refuses nulls has no empty value
        }
    }

    private static Object of(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> false;
            case BYTE -> (byte) 0;
            case SHORT -> (short) 0;
            case CHAR -> (char) 0;
            case INT -> 0;
            case LONG -> 0L;
            case FLOAT -> 0f;
            case DOUBLE -> 0d;
            case STRING -> "";
            case BIG_INTEGER -> BigInteger.ZERO;
            case BIG_DECIMAL -> BigDecimal.ZERO;
            case INSTANT -> java.time.Instant.EPOCH;
            case LOCAL_DATE -> java.time.LocalDate.EPOCH;
            case LOCAL_TIME -> java.time.LocalTime.MIDNIGHT;
            case LOCAL_DATE_TIME -> java.time.LocalDate.EPOCH.atStartOfDay();
            case DATE -> new java.util.Date(0);
            case SQL_DATE -> new java.sql.Date(0);
            case SQL_TIME -> new java.sql.Time(0);
            case SQL_TIMESTAMP -> new java.sql.Timestamp(0);
            default ->
                    scalar.type().isArray()
                            ? Array.newInstance(scalar.type().componentType(), 0)
                            : null;
        };
    }
}
