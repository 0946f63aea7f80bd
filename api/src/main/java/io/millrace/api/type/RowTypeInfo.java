package io.millrace.api.type;

import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.stream.ExecutionConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The description of a {@link Row}: types and names of its fields. Immutable. */
public class RowTypeInfo extends TupleTypeInfoBase<Row> {
    private static final long serialVersionUID = 1L;

    protected final String[] fieldNames;

    /** Fields {@code f0}, {@code f1}, …. */
    public RowTypeInfo(TypeInformation<?>... types) {
        this(types, defaultNames(types.length));
    }

    /**
     * @param fieldNames different ones, as many as types
     */
    public RowTypeInfo(TypeInformation<?>[] types, String[] fieldNames) {
        super(Row.class, fieldsOf(types, fieldNames));
        this.fieldNames = fieldNames.clone();
    }

    private static String[] defaultNames(int count) {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = "f" + i;
        }
        return names;
    }

    private static List<TypeField> fieldsOf(TypeInformation<?>[] types, String[] names) {
        Objects.requireNonNull(names, "FieldNames should not be null.");
        if (types.length != names.length) {
            throw new IllegalArgumentException(
                    types.length + " types with " + names.length + " names.");
        }
        if (new LinkedHashSet<>(Arrays.asList(names)).size() != names.length) {
            throw new IllegalArgumentException(
                    "Field names are not unique: " + Arrays.toString(names) + ".");
        }
        List<TypeField> fields = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            fields.add(
                    new TypeField(
                            names[i],
                            types[i],
                            Object.class,
                            TypeField.Access.PUBLIC_FIELD,
                            Row.class));
        }
        return fields;
    }

    /** The description of a row with some of the fields, in the order of {@code fieldMapping}. */
    public static RowTypeInfo projectFields(RowTypeInfo rowType, int[] fieldMapping) {
        TypeInformation<?>[] types = new TypeInformation<?>[fieldMapping.length];
        String[] names = new String[fieldMapping.length];
        for (int i = 0; i < fieldMapping.length; i++) {
            types[i] = rowType.getTypeAt(fieldMapping[i]);
            names[i] = rowType.fieldNames[fieldMapping[i]];
        }
        return new RowTypeInfo(types, names);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.ROW;
    }

    @Override
    FieldReader fieldReader() {
        return new NullableFieldReader();
    }

    /** Null comes first. */
    private static final class NullableFieldReader implements FieldReader {
        private static final long serialVersionUID = 1L;

        @Override
        public Object get(Object record, int index) {
            return ((Row) record).getField(index);
        }

        @Override
        public boolean allowsNull() {
            return true;
        }
    }

    @Override
    public TypeComparator<Row> createComparator(
            int[] logicalKeyFields,
            boolean[] orders,
            int logicalFieldOffset,
            ExecutionConfig config) {
        return super.createComparator(logicalKeyFields, orders, logicalFieldOffset, config);
    }

    /**
     * The same as {@link #createSerializer}: rows have one form, which includes their kind.
     *
     * @deprecated use {@link #createSerializer}
     */
    @Deprecated
    public io.millrace.api.serialization.TypeSerializer<Row> createLegacySerializer(
            io.millrace.api.serialization.SerializerConfig config) {
        return createSerializer(config);
    }

    /** Whether the types are equal; names do not matter. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RowTypeInfo that
                && that.canEqual(this)
                && Arrays.equals(getFieldTypes(), that.getFieldTypes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(getFieldTypes());
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RowTypeInfo;
    }

    /** Whether types and names are equal. */
    public boolean schemaEquals(Object other) {
        return equals(other) && Arrays.equals(fieldNames, ((RowTypeInfo) other).fieldNames);
    }

    @Override
    public String toString() {
        return fields().stream()
                .map(TypeField::toString)
                .collect(Collectors.joining(", ", "Row(", ")"));
    }
}
