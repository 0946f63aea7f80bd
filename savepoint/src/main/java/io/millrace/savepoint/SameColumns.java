package io.millrace.savepoint;

import java.util.Objects;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Whether columns are the same, whatever order their statistics have: earlier files have another
 * one for floating-point numbers. Pure.
 */
final class SameColumns {
    private SameColumns() {}

    static boolean are(Type one, Type other) {
        if (!one.getName().equals(other.getName())
                || one.getRepetition() != other.getRepetition()
                || one.isPrimitive() != other.isPrimitive()
                || !Objects.equals(one.getId(), other.getId())
                || !Objects.equals(
                        one.getLogicalTypeAnnotation(), other.getLogicalTypeAnnotation())) {
            return false;
        }
        return one.isPrimitive()
                ? are(one.asPrimitiveType(), other.asPrimitiveType())
                : fieldsAre(one.asGroupType(), other.asGroupType());
    }

    private static boolean are(PrimitiveType one, PrimitiveType other) {
        return one.getPrimitiveTypeName() == other.getPrimitiveTypeName()
                && one.getTypeLength() == other.getTypeLength();
    }

    private static boolean fieldsAre(GroupType one, GroupType other) {
        if (one.getFieldCount() != other.getFieldCount()) {
            return false;
        }
        for (int i = 0; i < one.getFieldCount(); i++) {
            if (!are(one.getType(i), other.getType(i))) {
                return false;
            }
        }
        return true;
    }
}
