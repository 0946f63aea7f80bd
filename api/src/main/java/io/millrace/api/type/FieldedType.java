package io.millrace.api.type;

import java.util.List;

/** The description of a type whose fields we know by name and access. Immutable. */
abstract class FieldedType<T> extends CompositeType<T> {
    private static final long serialVersionUID = 1L;

    private final List<TypeField> fields;

    FieldedType(Class<T> typeClass, List<TypeField> fields) {
        super(typeClass);
        this.fields = List.copyOf(fields);
    }

    @Override
    public List<TypeField> fields() {
        return fields;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
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

    @Override
    public String[] getFieldNames() {
        return fields.stream().map(TypeField::name).toArray(String[]::new);
    }

    @Override
    public int getFieldIndex(String fieldName) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(fieldName)) {
                return i;
            }
        }
        return -1;
    }

    /** The direct field that the first step of a path names; -1 if there is none. */
    int indexOfStep(String step) {
        return getFieldIndex(step);
    }

    /** The description of a field without fields, as it is listed with all others. */
    FlatFieldDescriptor flat(int field, int position) {
        return new FlatFieldDescriptor(position, fields.get(field).type());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <X> TypeInformation<X> getTypeAt(int pos) {
        if (pos < 0 || pos >= fields.size()) {
            throw new IndexOutOfBoundsException(
                    "field " + pos + " of " + fields.size() + " in " + this);
        }
        return (TypeInformation<X>) fields.get(pos).type();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <X> TypeInformation<X> getTypeAt(String fieldExpression) {
        FieldPath path = FieldPath.parse(fieldExpression);
        if (path.isWildcard()) {
            throw new InvalidFieldReferenceException(
                    "Wildcard expressions are not allowed here: '" + fieldExpression + "'.");
        }
        TypeInformation<?> type = fields.get(require(path.first())).type();
        if (path.rest() == null) {
            return (TypeInformation<X>) type;
        }
        return nested(type, path.rest()).getTypeAt(path.rest());
    }

    @Override
    public void getFlatFields(
            String fieldExpression, int offset, List<FlatFieldDescriptor> result) {
        FieldPath path = FieldPath.parse(fieldExpression);
        int position = offset;
        int wanted = path.isWildcard() ? -1 : require(path.first());
        for (int i = 0; i < fields.size(); i++) {
            TypeInformation<?> type = fields.get(i).type();
            if (path.isWildcard()) {
                if (type instanceof CompositeType<?> composite) {
                    composite.getFlatFields("*", position, result);
                } else {
                    result.add(flat(i, position));
                }
            } else if (i == wanted && path.rest() != null) {
                nested(type, path.rest()).getFlatFields(path.rest(), position, result);
            } else if (i == wanted) {
                if (type instanceof CompositeType<?> composite) {
                    composite.getFlatFields("*", position, result);
                } else {
                    result.add(new FlatFieldDescriptor(position, type));
                }
            }
            position += type.getTotalFields();
        }
    }

    private int require(String step) {
        int index = indexOfStep(step);
        if (index < 0) {
            throw new InvalidFieldReferenceException(
                    "Unable to find field \"" + step + "\" in type " + this + ".");
        }
        return index;
    }

    private static CompositeType<?> nested(TypeInformation<?> type, String rest) {
        if (type instanceof CompositeType<?> composite) {
            return composite;
        }
        throw new InvalidFieldReferenceException(
                "Nested field expression \""
                        + rest
                        + "\" not possible on atomic type "
                        + type
                        + ".");
    }

    /** The value of a field, for comparators. */
    abstract FieldReader fieldReader();

    @Override
    protected TypeComparatorBuilder<T> createTypeComparatorBuilder() {
        return new FieldsComparator.Builder<>(this, fieldReader());
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof FieldedType<?> that
                && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return 31 * getTypeClass().hashCode() + fields.size();
    }
}
