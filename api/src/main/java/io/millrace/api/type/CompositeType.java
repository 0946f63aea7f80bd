package io.millrace.api.type;

import java.util.List;

/** The description of a type with fields. Immutable. */
public abstract class CompositeType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> typeClass;
    private final List<TypeField> fields;

    CompositeType(Class<T> typeClass, List<TypeField> fields) {
        this.typeClass = typeClass;
        this.fields = List.copyOf(fields);
    }

    /** The fields in their order: of tuples and records as declared, of POJOs by name. */
    public List<TypeField> fields() {
        return fields;
    }

    @Override
    public Class<T> getTypeClass() {
        return typeClass;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return kind() == TypeKind.TUPLE;
    }

    @Override
    public int getArity() {
        return fields.size();
    }

    @Override
    public int getTotalFields() {
        int total = 0;
        for (TypeField field : fields) {
            total += field.type().getTotalFields();
        }
        return Math.max(1, total);
    }

    public String[] getFieldNames() {
        return fields.stream().map(TypeField::name).toArray(String[]::new);
    }

    /** From 0, or -1. */
    public int getFieldIndex(String fieldName) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(fieldName)) {
                return i;
            }
        }
        return -1;
    }

    public boolean hasField(String fieldName) {
        return getFieldIndex(fieldName) >= 0;
    }

    /**
     * @param pos from 0
     */
    @SuppressWarnings("unchecked")
    public <X> TypeInformation<X> getTypeAt(int pos) {
        return (TypeInformation<X>) fields.get(pos).type();
    }

    /**
     * @param fieldName of a direct field
     */
    public <X> TypeInformation<X> getTypeAt(String fieldName) {
        int index = getFieldIndex(fieldName);
        if (index < 0) {
            throw new IllegalArgumentException(
                    this + " has no field '" + fieldName + "', but " + fields + ".");
        }
        return getTypeAt(index);
    }

    @Override
    public boolean canEqual(Object other) {
        return other.getClass() == getClass();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompositeType<?> that
                && that.canEqual(this)
                && typeClass == that.typeClass
                && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return 31 * typeClass.hashCode() + fields.size();
    }
}
