package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.stream.ExecutionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The description of a type with fields. Fields inside fields are counted flat: each field without
 * fields of its own has a position. Immutable.
 */
public abstract class CompositeType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> typeClass;

    public CompositeType(Class<T> typeClass) {
        this.typeClass = Objects.requireNonNull(typeClass);
    }

    @Override
    public Class<T> getTypeClass() {
        return typeClass;
    }

    /**
     * The fields in their order, of descriptions of this package: of tuples and records as
     * declared, of POJOs by name. Empty for a program's own description.
     */
    public List<TypeField> fields() {
        return List.of();
    }

    /**
     * The flat fields that an expression names: a field, a path {@code a.b}, or all with {@code *}.
     *
     * @throws InvalidFieldReferenceException if there is no such field
     */
    public List<FlatFieldDescriptor> getFlatFields(String fieldExpression) {
        List<FlatFieldDescriptor> found = new ArrayList<>();
        getFlatFields(fieldExpression, 0, found);
        return found;
    }

    /**
     * Adds the flat fields that an expression names.
     *
     * @param offset position of this type's first field
     */
    public abstract void getFlatFields(
            String fieldExpression, int offset, List<FlatFieldDescriptor> result);

    /**
     * @param fieldExpression a field or a path, {@code a.b}
     * @throws InvalidFieldReferenceException if there is no such field
     */
    public abstract <X> TypeInformation<X> getTypeAt(String fieldExpression);

    /**
     * @param pos from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public abstract <X> TypeInformation<X> getTypeAt(int pos);

    /** Makes the comparator of some fields. Confined to one making. */
    protected interface TypeComparatorBuilder<T> {
        void initializeTypeComparatorBuilder(int size);

        /**
         * @param fieldId position among the direct fields
         */
        void addComparatorField(int fieldId, TypeComparator<?> comparator);

        TypeComparator<T> createTypeComparator(ExecutionConfig config);
    }

    protected abstract TypeComparatorBuilder<T> createTypeComparatorBuilder();

    /**
     * A comparator of some flat fields, the first one first.
     *
     * @param logicalKeyFields flat positions, from {@code logicalFieldOffset}
     * @param orders true for ascending, one for each key field
     * @param logicalFieldOffset flat position of this type's first field
     * @param config may be null
     */
    public TypeComparator<T> createComparator(
            int[] logicalKeyFields,
            boolean[] orders,
            int logicalFieldOffset,
            ExecutionConfig config) {
        TypeComparatorBuilder<T> builder = createTypeComparatorBuilder();
        builder.initializeTypeComparatorBuilder(logicalKeyFields.length);
        for (int i = 0; i < logicalKeyFields.length; i++) {
            int position = logicalFieldOffset;
            for (int field = 0; field < getArity(); field++) {
                TypeInformation<?> type = getTypeAt(field);
                int width = type.getTotalFields();
                if (logicalKeyFields[i] >= position && logicalKeyFields[i] < position + width) {
                    builder.addComparatorField(
                            field,
                            comparator(type, logicalKeyFields[i], orders[i], position, config));
                }
                position += width;
            }
        }
        return builder.createTypeComparator(config);
    }

    private static TypeComparator<?> comparator(
            TypeInformation<?> type, int key, boolean order, int offset, ExecutionConfig config) {
        if (type instanceof AtomicType<?> atomic) {
            return atomic.createComparator(order, config);
        }
        if (type instanceof CompositeType<?> composite) {
            return composite.createComparator(
                    new int[] {key}, new boolean[] {order}, offset, config);
        }
        throw new MillraceException(
                ErrorCode.PROGRAM_INVALID, "Values of " + type + " have no order.");
    }

    public boolean hasField(String fieldName) {
        return getFieldIndex(fieldName) >= 0;
    }

    /** Whether all fields may be keys. */
    @Override
    public boolean isKeyType() {
        for (int i = 0; i < getArity(); i++) {
            if (!getTypeAt(i).isKeyType()) {
                return false;
            }
        }
        return true;
    }

    /** Whether all fields have an order. */
    @Override
    public boolean isSortKeyType() {
        for (int i = 0; i < getArity(); i++) {
            if (!getTypeAt(i).isSortKeyType()) {
                return false;
            }
        }
        return true;
    }

    public abstract String[] getFieldNames();

    /** Whether the order of fields is that of the type itself. */
    public boolean hasDeterministicFieldOrder() {
        return true;
    }

    /** From 0, or -1. */
    public abstract int getFieldIndex(String fieldName);

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CompositeType<?>;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompositeType<?> that
                && that.canEqual(this)
                && typeClass == that.typeClass;
    }

    @Override
    public int hashCode() {
        return Objects.hash(typeClass);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "<" + typeClass.getSimpleName() + ">";
    }

    /** A field without fields of its own, and its flat position. Immutable. */
    public static class FlatFieldDescriptor {
        private final int keyPosition;
        private final TypeInformation<?> type;

        public FlatFieldDescriptor(int keyPosition, TypeInformation<?> type) {
            if (type instanceof CompositeType<?>) {
                throw new IllegalArgumentException(type + " has fields, and is no flat field.");
            }
            this.keyPosition = keyPosition;
            this.type = type;
        }

        public int getPosition() {
            return keyPosition;
        }

        public TypeInformation<?> getType() {
            return type;
        }

        @Override
        public String toString() {
            return "FlatFieldDescriptor [position=" + keyPosition + " typeInfo=" + type + "]";
        }
    }

    /** There is no field as an expression names it. */
    public static class InvalidFieldReferenceException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        public InvalidFieldReferenceException(String message) {
            super(message);
        }
    }
}
