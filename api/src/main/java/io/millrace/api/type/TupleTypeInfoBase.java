package io.millrace.api.type;

import java.util.List;

/** The description of a type whose fields have positions first of all. Immutable. */
public abstract class TupleTypeInfoBase<T> extends FieldedType<T> {
    private static final long serialVersionUID = 1L;

    TupleTypeInfoBase(Class<T> typeClass, List<TypeField> fields) {
        super(typeClass, fields);
    }

    @Override
    public boolean isTupleType() {
        return true;
    }

    /** The types of the fields in order. */
    public TypeInformation<?>[] getFieldTypes() {
        return fields().stream().map(TypeField::type).toArray(TypeInformation<?>[]::new);
    }

    /** By name, or by position as {@code 3}. */
    @Override
    int indexOfStep(String step) {
        int byName = getFieldIndex(step);
        if (byName >= 0 || !step.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return byName;
        }
        int position = step.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(step);
        return position < getArity() ? position : -1;
    }
}
