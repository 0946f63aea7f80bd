package io.millrace.api.type.variant;

import io.millrace.api.type.TypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A value that knows its own type: a single value, an array or an object of others. Immutable;
 * equal to one of the same type and value.
 *
 * <p>Each getter is for one type and throws a {@link VariantTypeException} for all others.
 */
@TypeInfo(VariantTypeInfoFactory.class)
public interface Variant {
    /** What a value is. */
    enum Type {
        OBJECT,
        ARRAY,
        NULL,
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INT,
        BIGINT,
        FLOAT,
        DOUBLE,
        DECIMAL,
        STRING,
        DATE,
        TIMESTAMP,
        TIMESTAMP_LTZ,
        BYTES
    }

    static VariantBuilder newBuilder() {
        return new BinaryVariantBuilder();
    }

    Type getType();

    /** Neither array nor object. */
    default boolean isPrimitive() {
        return !isArray() && !isObject();
    }

    default boolean isArray() {
        return getType() == Type.ARRAY;
    }

    default boolean isObject() {
        return getType() == Type.OBJECT;
    }

    default boolean isNull() {
        return getType() == Type.NULL;
    }

    boolean getBoolean();

    byte getByte();

    short getShort();

    int getInt();

    long getLong();

    float getFloat();

    double getDouble();

    BigDecimal getDecimal();

    String getString();

    LocalDate getDate();

    LocalDateTime getDateTime();

    Instant getInstant();

    /** A copy. */
    byte[] getBytes();

    /** The single value, null for {@link Type#NULL}; arrays and objects have none. */
    Object get();

    /** The same, cast to what the caller wants. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows
    <T> T getAs();

    int getArraySize();

    /** An element of an array; null if it has none at that place. */
    Variant getElement(int index);

    /** A field of an object; null if it has none of the name. */
    Variant getField(String fieldName);

    /** The names of an object's fields, sorted. */
    List<String> getFieldNames();

    /** As JSON: times as ISO-8601 texts, bytes in Base64. */
    String toJson();
}
