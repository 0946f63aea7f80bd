package io.millrace.api.type.variant;

import io.millrace.api.type.TypeInfo;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/** A variant as an object for each of its values. Immutable. */
@TypeInfo(VariantTypeInfoFactory.class)
final class VariantTree implements Variant, Serializable {
    private static final long serialVersionUID = 1L;

    static final VariantTree NULL = new VariantTree(Type.NULL, null);

    private final Type type;

    /** A boxed value, a {@code byte[]}, a list, or a sorted map by name; null for null. */
    private final Object value;

    VariantTree(Type type, Object value) {
        this.type = type;
        this.value = value;
    }

    @Override
    public Type getType() {
        return type;
    }

    private Object value(Type wanted) {
        if (type != wanted) {
            throw new VariantTypeException(
                    "Expected a value of type " + wanted + ", but it is " + type + ".");
        }
        return value;
    }

    @Override
    public boolean getBoolean() {
        return (Boolean) value(Type.BOOLEAN);
    }

    @Override
    public byte getByte() {
        return (Byte) value(Type.TINYINT);
    }

    @Override
    public short getShort() {
        return (Short) value(Type.SMALLINT);
    }

    @Override
    public int getInt() {
        return (Integer) value(Type.INT);
    }

    @Override
    public long getLong() {
        return (Long) value(Type.BIGINT);
    }

    @Override
    public float getFloat() {
        return (Float) value(Type.FLOAT);
    }

    @Override
    public double getDouble() {
        return (Double) value(Type.DOUBLE);
    }

    @Override
    public BigDecimal getDecimal() {
        return (BigDecimal) value(Type.DECIMAL);
    }

    @Override
    public String getString() {
        return (String) value(Type.STRING);
    }

    @Override
    public LocalDate getDate() {
        return (LocalDate) value(Type.DATE);
    }

    @Override
    public LocalDateTime getDateTime() {
        return (LocalDateTime) value(Type.TIMESTAMP);
    }

    @Override
    public Instant getInstant() {
        return (Instant) value(Type.TIMESTAMP_LTZ);
    }

    @Override
    public byte[] getBytes() {
        return ((byte[]) value(Type.BYTES)).clone();
    }

    @Override
    public Object get() {
        if (!isPrimitive()) {
            throw new VariantTypeException(
                    "Expected a single value, but it is " + type + ". Ask for its parts.");
        }
        return type == Type.BYTES ? getBytes() : value;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows
    public <T> T getAs() {
        return (T) get();
    }

    @SuppressWarnings("unchecked") // as it was built
    private List<Variant> elements() {
        return (List<Variant>) value(Type.ARRAY);
    }

    @SuppressWarnings("unchecked") // as it was built
    private SortedMap<String, Variant> fields() {
        return (SortedMap<String, Variant>) value(Type.OBJECT);
    }

    @Override
    public int getArraySize() {
        return elements().size();
    }

    @Override
    public Variant getElement(int index) {
        List<Variant> elements = elements();
        return index < 0 || index >= elements.size() ? null : elements.get(index);
    }

    @Override
    public Variant getField(String fieldName) {
        return fields().get(fieldName);
    }

    @Override
    public List<String> getFieldNames() {
        return List.copyOf(fields().keySet());
    }

    @Override
    public String toJson() {
        return VariantJson.of(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VariantTree that
                && type == that.type
                && (type == Type.BYTES
                        ? Arrays.equals((byte[]) value, (byte[]) that.value)
                        : Objects.equals(value, that.value));
    }

    @Override
    public int hashCode() {
        int ofValue =
                type == Type.BYTES ? Arrays.hashCode((byte[]) value) : Objects.hashCode(value);
        return 31 * type.name().hashCode() + ofValue;
    }

    @Override
    public String toString() {
        return toJson();
    }
}
