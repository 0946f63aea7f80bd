package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.PojoSerializer;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The description of a plain class: a public default constructor, and fields that are public or
 * have getter and setter. Fields are sorted by name. Immutable.
 */
public class PojoTypeInfo<T> extends FieldedType<T> {
    private static final long serialVersionUID = 1L;

    /**
     * @param fields in any order
     * @throws IllegalArgumentException if the class is not public
     */
    public PojoTypeInfo(Class<T> typeClass, List<PojoField> fields) {
        this(typeClass, PojoAccessors.typeFields(fields).stream());
        if (!java.lang.reflect.Modifier.isPublic(typeClass.getModifiers())) {
            throw new IllegalArgumentException(typeClass.getName() + " is not public.");
        }
    }

    /**
     * @param fieldsByName sorted by name
     */
    PojoTypeInfo(Class<T> typeClass, Stream<TypeField> fieldsByName) {
        super(typeClass, fieldsByName.toList());
    }

    @Override
    public TypeKind kind() {
        return TypeKind.POJO;
    }

    @Override
    FieldReader fieldReader() {
        return new MemberFieldReader(fields());
    }

    @Override
    FlatFieldDescriptor flat(int field, int position) {
        return new NamedFlatFieldDescriptor(
                fields().get(field).name(), position, fields().get(field).type());
    }

    /** Whether the class has an equality and a hash code of its own, and its fields are keys. */
    @Override
    public boolean isKeyType() {
        return StableHash.isDefinedBy(getTypeClass()) && super.isKeyType();
    }

    /** False: fields are sorted by name, which says nothing about the order of objects. */
    @Override
    public boolean isSortKeyType() {
        return false;
    }

    /** The field at a position, from 0. */
    public PojoField getPojoFieldAt(int pos) {
        TypeField field = fields().get(pos);
        try {
            Field member = field.declaredIn().getDeclaredField(field.name());
            return new PojoField(member, field.type());
        } catch (NoSuchFieldException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    field.declaredIn().getName() + " has no field " + field.name() + " any more.",
                    e);
        }
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return createPojoSerializer(config);
    }

    /** The engine's serializer, also where a subclass has one of its own. */
    public PojoSerializer<T> createPojoSerializer(SerializerConfig config) {
        return new PojoSerializer<>(super.createSerializer(config));
    }

    /**
     * @deprecated use {@link #createPojoSerializer(SerializerConfig)}
     */
    @Deprecated
    public PojoSerializer<T> createPojoSerializer(ExecutionConfig config) {
        return createPojoSerializer(config.getSerializerConfig());
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof PojoTypeInfo<?>;
    }

    @Override
    public String toString() {
        return "PojoType<"
                + getTypeClass().getName()
                + ", fields = "
                + fields().stream()
                        .map(TypeField::toString)
                        .collect(Collectors.joining(", ", "[", "]>"));
    }

    /** A flat field of a POJO, with its name. Immutable. */
    public static class NamedFlatFieldDescriptor extends FlatFieldDescriptor {
        private final String fieldName;

        public NamedFlatFieldDescriptor(String name, int keyPosition, TypeInformation<?> type) {
            super(keyPosition, type);
            this.fieldName = name;
        }

        public String getFieldName() {
            return fieldName;
        }

        @Override
        public String toString() {
            return "NamedFlatFieldDescriptor [name="
                    + fieldName
                    + " position="
                    + getPosition()
                    + " typeInfo="
                    + getType()
                    + "]";
        }
    }
}
