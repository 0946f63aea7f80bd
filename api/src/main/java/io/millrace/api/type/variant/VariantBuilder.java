package io.millrace.api.type.variant;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** Makes variants. */
public interface VariantBuilder {
    Variant of(byte b);

    Variant of(short s);

    Variant of(int i);

    Variant of(long l);

    Variant of(String s);

    Variant of(double d);

    Variant of(float f);

    /** A copy. */
    Variant of(byte[] bytes);

    Variant of(boolean b);

    Variant of(BigDecimal bigDecimal);

    Variant of(Instant instant);

    Variant of(LocalDate localDate);

    Variant of(LocalDateTime localDateTime);

    Variant ofNull();

    /** An object, each of whose fields is given once. */
    VariantObjectBuilder object();

    /**
     * @param allowDuplicateKeys whether a later field of the same name takes the earlier one's
     *     place; else it is refused
     */
    VariantObjectBuilder object(boolean allowDuplicateKeys);

    VariantArrayBuilder array();

    /** Makes an array, element by element. */
    interface VariantArrayBuilder {
        VariantArrayBuilder add(Variant value);

        Variant build();
    }

    /** Makes an object, field by field. */
    interface VariantObjectBuilder {
        VariantObjectBuilder add(String key, Variant value);

        Variant build();
    }
}
