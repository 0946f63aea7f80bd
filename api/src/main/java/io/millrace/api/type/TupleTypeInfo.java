package io.millrace.api.type;

import io.millrace.api.tuple.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The description of a tuple; its fields are {@code f0}, {@code f1}, …. Immutable. */
public final class TupleTypeInfo<T extends Tuple> extends CompositeType<T> {
    private static final long serialVersionUID = 1L;

    /** A tuple of the class that has as many fields. */
    @SuppressWarnings("unchecked")
    public TupleTypeInfo(TypeInformation<?>... types) {
        this((Class<T>) Tuple.getTupleClass(types.length), types);
    }

    public TupleTypeInfo(Class<T> tupleType, TypeInformation<?>... types) {
        super(tupleType, fieldsOf(tupleType, types));
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

    @Override
    public TypeKind kind() {
        return TypeKind.TUPLE;
    }

    @Override
    public boolean isKeyType() {
        return fields().stream().allMatch(field -> field.type().isKeyType());
    }

    @Override
    public String toString() {
        return "Tuple"
                + getArity()
                + fields().stream()
                        .map(field -> field.type().toString())
                        .collect(Collectors.joining(", ", "<", ">"));
    }
}
