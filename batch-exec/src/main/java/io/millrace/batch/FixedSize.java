package io.millrace.batch;

import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;

/** Whether all values of a type have about the same size, so that none grows. Pure. */
final class FixedSize {
    private FixedSize() {}

    /** True only if it is sure. */
    static boolean is(Schema schema) {
        if (schema instanceof Schema.ScalarOf scalar) {
            return scalar.type().ordinal() <= Scalar.DOUBLE.ordinal(); // the primitive ones
        }
        if (schema instanceof Schema.Struct struct) {
            return struct.fields().stream().allMatch(field -> is(field.schema()));
        }
        return schema instanceof Schema.EnumOf;
    }
}
