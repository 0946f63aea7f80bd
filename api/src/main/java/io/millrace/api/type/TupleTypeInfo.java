package io.millrace.api.type;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TupleSerializer;
import io.millrace.api.tuple.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The description of a tuple; its fields are {@code f0}, {@code f1}, …. Immutable. */
public final class TupleTypeInfo<T extends Tuple> extends TupleTypeInfoBase<T> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("ProtectedMembersInFinalClass") // as programs know it
    protected final String[] fieldNames;

    /** A tuple of the class that has as many fields. */
    @SuppressWarnings("unchecked")
    public TupleTypeInfo(TypeInformation<?>... types) {
        this((Class<T>) Tuple.getTupleClass(types.length), types);
    }

    public TupleTypeInfo(Class<T> tupleType, TypeInformation<?>... types) {
        super(tupleType, fieldsOf(tupleType, types));
        this.fieldNames = super.getFieldNames();
    }

    private static List<TypeField> fieldsOf(Class<?> tupleType, TypeInformation<?>[] types) {
        List<TypeField> fields = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            fields.add(
                    new TypeField(
                            "f" + i,
                            types[i],
                            Object.class,
                            TypeField.Access.PUBLIC_FIELD,
                            tupleType));
        }
        return fields;
    }

    /**
     * A tuple of basic types.
     *
     * @throws IllegalArgumentException if a class is not basic
     */
    public static <X extends Tuple> TupleTypeInfo<X> getBasicTupleTypeInfo(Class<?>... basicTypes) {
        TypeInformation<?>[] types = new TypeInformation<?>[basicTypes.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = BasicTypeInfo.getInfoFor(basicTypes[i]);
            if (types[i] == null) {
                throw new IllegalArgumentException(
                        "Type at position "
                                + i
                                + " is not a basic type: "
                                + basicTypes[i].getName()
                                + ".");
            }
        }
        return new TupleTypeInfo<>(types);
    }

    /**
     * A tuple of basic types and of our own {@link Value}s.
     *
     * @throws IllegalArgumentException if a class is neither
     */
    public static <X extends Tuple> TupleTypeInfo<X> getBasicAndBasicValueTupleTypeInfo(
            Class<?>... basicTypes) {
        TypeInformation<?>[] types = new TypeInformation<?>[basicTypes.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = BasicTypeInfo.getInfoFor(basicTypes[i]);
            if (types[i] == null) {
                types[i] = ValueTypeInfo.basic(basicTypes[i]);
            }
            if (types[i] == null) {
                throw new IllegalArgumentException(
                        "Type at position "
                                + i
                                + " is neither basic nor a value of ours: "
                                + basicTypes[i].getName()
                                + ".");
            }
        }
        return new TupleTypeInfo<>(types);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.TUPLE;
    }

    @Override
    FieldReader fieldReader() {
        return (record, index) -> ((Tuple) record).getField(index);
    }

    @Override
    public TupleSerializer<T> createSerializer(SerializerConfig config) {
        return new TupleSerializer<>(super.createSerializer(config));
    }

    @Override
    public Map<String, TypeInformation<?>> getGenericParameters() {
        Map<String, TypeInformation<?>> parameters = new LinkedHashMap<>();
        for (int i = 0; i < getArity(); i++) {
            parameters.put("T" + i, getTypeAt(i));
        }
        return parameters;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof TupleTypeInfo<?>;
    }

    @Override
    public String toString() {
        return "Java Tuple"
                + getArity()
                + fields().stream()
                        .map(field -> field.type().toString())
                        .collect(Collectors.joining(", ", "<", ">"));
    }
}
