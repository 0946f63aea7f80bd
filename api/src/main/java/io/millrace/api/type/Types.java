package io.millrace.api.type;

import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.bitmap.Bitmap;
import io.millrace.api.type.bitmap.BitmapTypeInfo;
import io.millrace.api.type.variant.Variant;
import io.millrace.api.type.variant.VariantTypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The descriptions of common types, by name. */
public class Types {
    public static final TypeInformation<Void> VOID = BasicTypeInfo.VOID_TYPE_INFO;
    public static final TypeInformation<String> STRING = BasicTypeInfo.STRING_TYPE_INFO;
    public static final TypeInformation<Byte> BYTE = BasicTypeInfo.BYTE_TYPE_INFO;
    public static final TypeInformation<Boolean> BOOLEAN = BasicTypeInfo.BOOLEAN_TYPE_INFO;
    public static final TypeInformation<Short> SHORT = BasicTypeInfo.SHORT_TYPE_INFO;
    public static final TypeInformation<Integer> INT = BasicTypeInfo.INT_TYPE_INFO;
    public static final TypeInformation<Long> LONG = BasicTypeInfo.LONG_TYPE_INFO;
    public static final TypeInformation<Float> FLOAT = BasicTypeInfo.FLOAT_TYPE_INFO;
    public static final TypeInformation<Double> DOUBLE = BasicTypeInfo.DOUBLE_TYPE_INFO;
    public static final TypeInformation<Character> CHAR = BasicTypeInfo.CHAR_TYPE_INFO;
    public static final TypeInformation<BigDecimal> BIG_DEC = BasicTypeInfo.BIG_DEC_TYPE_INFO;
    public static final TypeInformation<BigInteger> BIG_INT = BasicTypeInfo.BIG_INT_TYPE_INFO;
    public static final TypeInformation<java.sql.Date> SQL_DATE = SqlTimeTypeInfo.DATE;
    public static final TypeInformation<java.sql.Time> SQL_TIME = SqlTimeTypeInfo.TIME;
    public static final TypeInformation<java.sql.Timestamp> SQL_TIMESTAMP =
            SqlTimeTypeInfo.TIMESTAMP;
    public static final TypeInformation<LocalDate> LOCAL_DATE = LocalTimeTypeInfo.LOCAL_DATE;
    public static final TypeInformation<LocalTime> LOCAL_TIME = LocalTimeTypeInfo.LOCAL_TIME;
    public static final TypeInformation<LocalDateTime> LOCAL_DATE_TIME =
            LocalTimeTypeInfo.LOCAL_DATE_TIME;
    public static final TypeInformation<Instant> INSTANT = BasicTypeInfo.INSTANT_TYPE_INFO;
    public static final TypeInformation<Variant> VARIANT = VariantTypeInfo.INSTANCE;
    public static final TypeInformation<Bitmap> BITMAP = BitmapTypeInfo.INSTANCE;

    /** A row of fields {@code f0}, {@code f1}, …. */
    public static TypeInformation<Row> ROW(TypeInformation<?>... types) {
        return new RowTypeInfo(types);
    }

    /**
     * @param fieldNames different ones, as many as types
     */
    public static TypeInformation<Row> ROW_NAMED(String[] fieldNames, TypeInformation<?>... types) {
        return new RowTypeInfo(types, fieldNames);
    }

    public static <T extends Tuple> TypeInformation<T> TUPLE(TypeInformation<?>... types) {
        return new TupleTypeInfo<>(types);
    }

    /** A subclass of a tuple whose superclass names the types of its fields. */
    public static <T extends Tuple> TypeInformation<T> TUPLE(Class<T> tupleSubclass) {
        return TypeInformation.of(tupleSubclass);
    }

    /**
     * @throws io.millrace.api.error.MillraceException saying why the class is no POJO, if so
     */
    public static <T> TypeInformation<T> POJO(Class<T> pojoClass) {
        return PojoAccessors.describe(pojoClass, Map.of());
    }

    /** A POJO, some of whose fields have the types that are given here by name. */
    public static <T> TypeInformation<T> POJO(
            Class<T> pojoClass, Map<String, TypeInformation<?>> fields) {
        return PojoAccessors.describe(pojoClass, fields);
    }

    public static <T> TypeInformation<T> GENERIC(Class<T> genericClass) {
        return new GenericTypeInfo<>(genericClass);
    }

    /**
     * @param elementType of a boxed primitive
     */
    public static TypeInformation<?> PRIMITIVE_ARRAY(TypeInformation<?> elementType) {
        Class<?> primitive =
                java.lang.invoke.MethodType.methodType(elementType.getTypeClass())
                        .unwrap()
                        .returnType();
        TypeInformation<?> array = PrimitiveArrayTypeInfo.getInfoFor(primitive.arrayType());
        if (array == null) {
            throw new IllegalArgumentException(elementType + " is not a boxed primitive.");
        }
        return array;
    }

    @SuppressWarnings("unchecked")
    public static <E> TypeInformation<E[]> OBJECT_ARRAY(TypeInformation<E> elementType) {
        return (TypeInformation<E[]>)
                (TypeInformation<?>) ObjectArrayTypeInfo.getInfoFor(elementType);
    }

    public static <K, V> TypeInformation<Map<K, V>> MAP(
            TypeInformation<K> keyType, TypeInformation<V> valueType) {
        return new MapTypeInfo<>(keyType, valueType);
    }

    public static <E> TypeInformation<List<E>> LIST(TypeInformation<E> elementType) {
        return new ListTypeInfo<>(elementType);
    }

    public static <E> TypeInformation<Set<E>> SET(TypeInformation<E> elementType) {
        return new SetTypeInfo<>(elementType);
    }

    public static <E> TypeInformation<Optional<E>> OPTIONAL(TypeInformation<E> elementType) {
        return new OptionalTypeInfo<>(elementType);
    }

    public static <E extends Enum<E>> TypeInformation<E> ENUM(Class<E> enumType) {
        return new EnumTypeInfo<>(enumType);
    }

    public static <L, R> TypeInformation<Either<L, R>> EITHER(
            TypeInformation<L> leftType, TypeInformation<R> rightType) {
        return new EitherTypeInfo<>(leftType, rightType);
    }

    /** A value that writes itself. */
    public static <V extends Value> TypeInformation<V> VALUE(Class<V> valueType) {
        return new ValueTypeInfo<>(valueType);
    }
}
