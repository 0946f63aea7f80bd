package io.millrace.api.type.variant;

import io.millrace.api.type.variant.Variant.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** Makes variants. Stateless. */
public class BinaryVariantBuilder implements VariantBuilder {
    @Override
    public Variant of(byte b) {
        return new VariantTree(Type.TINYINT, b);
    }

    @Override
    public Variant of(short s) {
        return new VariantTree(Type.SMALLINT, s);
    }

    @Override
    public Variant of(int i) {
        return new VariantTree(Type.INT, i);
    }

    @Override
    public Variant of(long l) {
        return new VariantTree(Type.BIGINT, l);
    }

    @Override
    public Variant of(String s) {
        return new VariantTree(Type.STRING, Objects.requireNonNull(s));
    }

    @Override
    public Variant of(double d) {
        return new VariantTree(Type.DOUBLE, d);
    }

    @Override
    public Variant of(float f) {
        return new VariantTree(Type.FLOAT, f);
    }

    @Override
    public Variant of(byte[] bytes) {
        return new VariantTree(Type.BYTES, bytes.clone());
    }

    @Override
    public Variant of(boolean b) {
        return new VariantTree(Type.BOOLEAN, b);
    }

    @Override
    public Variant of(BigDecimal bigDecimal) {
        return new VariantTree(Type.DECIMAL, Objects.requireNonNull(bigDecimal));
    }

    @Override
    public Variant of(Instant instant) {
        return new VariantTree(Type.TIMESTAMP_LTZ, Objects.requireNonNull(instant));
    }

    @Override
    public Variant of(LocalDate localDate) {
        return new VariantTree(Type.DATE, Objects.requireNonNull(localDate));
    }

    @Override
    public Variant of(LocalDateTime localDateTime) {
        return new VariantTree(Type.TIMESTAMP, Objects.requireNonNull(localDateTime));
    }

    @Override
    public Variant ofNull() {
        return VariantTree.NULL;
    }

    @Override
    public VariantObjectBuilder object() {
        return object(false);
    }

    @Override
    public VariantObjectBuilder object(boolean allowDuplicateKeys) {
        return new VariantObjectBuilder(allowDuplicateKeys);
    }

    @Override
    public VariantArrayBuilder array() {
        return new VariantArrayBuilder();
    }

    /** Makes an array, element by element. Confined to its caller. */
    public static class VariantArrayBuilder implements VariantBuilder.VariantArrayBuilder {
        private final List<Variant> elements = new ArrayList<>();

        public VariantArrayBuilder() {}

        @Override
        public VariantArrayBuilder add(Variant value) {
            elements.add(Objects.requireNonNull(value, "An element is null; use ofNull()."));
            return this;
        }

        @Override
        public Variant build() {
            return new VariantTree(Type.ARRAY, List.copyOf(elements));
        }
    }

    /** Makes an object, field by field. Confined to its caller. */
    public static class VariantObjectBuilder implements VariantBuilder.VariantObjectBuilder {
        private final boolean allowDuplicateKeys;
        private final TreeMap<String, Variant> fields = new TreeMap<>();

        /**
         * @param allowDuplicateKeys whether a later field takes the place of one of the same name
         */
        public VariantObjectBuilder(boolean allowDuplicateKeys) {
            this.allowDuplicateKeys = allowDuplicateKeys;
        }

        /**
         * @throws VariantTypeException if there is a field of the name, unless that is allowed
         */
        @Override
        public VariantObjectBuilder add(String key, Variant value) {
            Objects.requireNonNull(value, "A field is null; use ofNull().");
            if (fields.put(key, value) != null && !allowDuplicateKeys) {
                throw new VariantTypeException(
                        "The object has a field '"
                                + key
                                + "' already. Use object(true) to let the last one count.");
            }
            return this;
        }

        @Override
        public Variant build() {
            return new VariantTree(Type.OBJECT, new TreeMap<>(fields));
        }
    }
}
