package io.millrace.connector.parquet;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.PojoTypeInfo;
import io.millrace.api.type.RecordTypeInfo;
import io.millrace.api.type.TypeField;
import io.millrace.api.type.TypeInformation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

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
                            + " Parquet's columns cannot be put into it.");
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
    public GroupRecords<T> of(ParquetMetadata footer, String where) {
        WantedColumns wanted = new WantedColumns(footer, where);
        List<TypeField> fields = fields();
        List<FlatColumn> columns = new ArrayList<>();
        for (TypeField field : fields) {
            FlatColumn column = wanted.column(field.name(), field.rawType());
            if (column == null && field.rawType().isPrimitive()) {
                throw Malformed.schema(
                        where,
                        "the file has no column '"
                                + field.name()
                                + "' for the primitive field of "
                                + type.getName()
                                + ". Declare it as an object to have null instead");
            }
            columns.add(column);
        }
        try {
            return new FlatRecords<>(
                    WantedColumns.present(columns),
                    type.isRecord() ? components(columns) : setters(fields, columns),
                    where);
        } catch (ReflectiveOperationException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    type.getName() + " cannot be made: " + e.getMessage() + ". Make it public.",
                    e);
        }
    }

    /** One handle of a row, which the JIT compiles as one: no array, and no boxes for numbers. */
    @SuppressWarnings("unchecked") // the constructor makes them
    private RecordMaker<T> components(List<FlatColumn> columns)
            throws ReflectiveOperationException {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        MethodHandle[] getters = new MethodHandle[types.length];
        for (int i = 0; i < types.length; i++) {
            getters[i] = ColumnGetters.of(columns.get(i), types[i]);
        }
        MethodType ofRow = MethodType.methodType(Object.class, int.class);
        MethodHandle constructor =
                lookup().findConstructor(type, MethodType.methodType(void.class, types));
        MethodHandle ofRows =
                MethodHandles.filterArguments(constructor, 0, getters)
                        .asType(
                                MethodType.methodType(
                                        Object.class,
                                        Collections.nCopies(types.length, int.class)));
        MethodHandle make = MethodHandles.permuteArguments(ofRows, ofRow, new int[types.length]);
        return row -> {
            try {
                return (T) make.invokeExact(row);
            } catch (Throwable e) {
                throw failed(e);
            }
        };
    }

    private MethodHandles.Lookup lookup() throws IllegalAccessException {
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }

    private RecordMaker<T> setters(List<TypeField> fields, List<FlatColumn> columns)
            throws ReflectiveOperationException {
        MethodHandle constructor =
                lookup().findConstructor(type, MethodType.methodType(void.class))
                        .asType(MethodType.methodType(Object.class));
        List<FieldSetter> setters = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            TypeField field = fields.get(i);
            FlatColumn column = columns.get(i);
            if (column != null) {
                setters.add(FieldSetter.of(column, field.rawType(), setter(field)));
            }
        }
        FieldSetter[] each = setters.toArray(FieldSetter[]::new);
        return row -> {
            try {
                Object record = constructor.invokeExact();
                for (FieldSetter setter : each) {
                    setter.set(record, row);
                }
                return type.cast(record);
            } catch (Throwable e) {
                throw failed(e);
            }
        };
    }

    private MethodHandle setter(TypeField field) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup =
                MethodHandles.privateLookupIn(field.declaredIn(), MethodHandles.lookup());
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
