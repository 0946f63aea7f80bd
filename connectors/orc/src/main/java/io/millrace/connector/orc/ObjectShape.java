package io.millrace.connector.orc;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.PojoTypeInfo;
import io.millrace.api.type.RecordTypeInfo;
import io.millrace.api.type.TypeField;
import io.millrace.api.type.TypeInformation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/** Objects of a plain class or Java record, whose fields are columns of their names. Immutable. */
final class ObjectShape<T> implements RecordShape<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final TypeInformation<T> description;

    ObjectShape(Class<T> type) {
        this.type = type;
        this.description = TypeInformation.of(type);
        if (!(description instanceof PojoTypeInfo<?> || description instanceof RecordTypeInfo<?>)) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    type.getName()
                            + " is neither a Java record nor a plain class with a public"
                            + " constructor without arguments and public fields or setters, so that"
                            + " ORC's columns cannot be put into it.");
        }
    }

    TypeInformation<T> description() {
        return description;
    }

    private List<TypeField> fields() {
        return description instanceof PojoTypeInfo<?> pojo
                ? pojo.fields()
                : ((RecordTypeInfo<?>) description).fields();
    }

    @Override
    public RecordMaker<T> of(WantedColumns wanted) {
        List<TypeField> fields = fields();
        ColumnValues[] columns = new ColumnValues[fields.size()];
        boolean[] primitive = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            TypeField field = fields.get(i);
            primitive[i] = field.rawType().isPrimitive();
            columns[i] = wanted.column(field.name(), field.rawType());
            if (columns[i] == null && primitive[i]) {
                throw Malformed.schema(
                        wanted.where(),
                        "the file has no column '"
                                + field.name()
                                + "' for the primitive field of "
                                + type.getName()
                                + ". Declare it as an object to have null instead");
            }
        }
        try {
            return type.isRecord()
                    ? components(fields, columns, primitive)
                    : setters(fields, columns, primitive);
        } catch (ReflectiveOperationException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    type.getName() + " cannot be made: " + e.getMessage() + ". Make it public.",
                    e);
        }
    }

    private static Object value(ColumnValues column, boolean primitive, int row) {
        return primitive ? column.presentAt(row) : column.at(row);
    }

    /** A record's fields are its components in their order. */
    private RecordMaker<T> components(
            List<TypeField> fields, ColumnValues[] columns, boolean[] primitive)
            throws ReflectiveOperationException {
        Class<?>[] types = fields.stream().map(TypeField::rawType).toArray(Class<?>[]::new);
        MethodHandle constructor =
                lookup(type)
                        .findConstructor(type, MethodType.methodType(void.class, types))
                        .asSpreader(Object[].class, types.length)
                        .asType(MethodType.methodType(Object.class, Object[].class));
        return row -> {
            Object[] values = new Object[columns.length];
            for (int i = 0; i < columns.length; i++) {
                values[i] = columns[i] == null ? null : value(columns[i], primitive[i], row);
            }
            try {
                return type.cast(constructor.invokeExact(values));
            } catch (Throwable e) {
                throw failed(e);
            }
        };
    }

    private RecordMaker<T> setters(
            List<TypeField> fields, ColumnValues[] columns, boolean[] primitive)
            throws ReflectiveOperationException {
        MethodHandle constructor =
                lookup(type)
                        .findConstructor(type, MethodType.methodType(void.class))
                        .asType(MethodType.methodType(Object.class));
        MethodHandle[] setters = new MethodHandle[columns.length];
        for (int i = 0; i < columns.length; i++) {
            setters[i] =
                    setter(fields.get(i))
                            .asType(MethodType.methodType(void.class, Object.class, Object.class));
        }
        return row -> {
            try {
                Object record = constructor.invokeExact();
                for (int i = 0; i < columns.length; i++) {
                    if (columns[i] != null) {
                        setters[i].invokeExact(record, value(columns[i], primitive[i], row));
                    }
                }
                return type.cast(record);
            } catch (Throwable e) {
                throw failed(e);
            }
        };
    }

    private static MethodHandles.Lookup lookup(Class<?> of) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(of, MethodHandles.lookup());
    }

    private static MethodHandle setter(TypeField field) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = lookup(field.declaredIn());
        if (field.access() == TypeField.Access.PUBLIC_FIELD) {
            return lookup.findSetter(field.declaredIn(), field.name(), field.rawType());
        }
        for (var method : field.declaredIn().getMethods()) {
            if (method.getName().equals(field.writeMethod())
                    && method.getParameterCount() == 1
                    && method.getParameterTypes()[0] == field.rawType()) {
                MethodHandle handle = lookup.unreflect(method);
                return handle.asType(handle.type().changeReturnType(void.class));
            }
        }
        throw new NoSuchMethodException(field.writeMethod());
    }

    private MillraceException failed(Throwable error) {
        if (error instanceof MillraceException coded) {
            return coded;
        }
        if (error instanceof Error fatal) {
            throw fatal;
        }
        return new MillraceException(
                ErrorCode.USER_CODE_FAILED, "a " + type.getName() + " could not be made", error);
    }
}
