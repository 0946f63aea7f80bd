package io.millrace.connector.orc;

import io.millrace.api.type.TypeField;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.columnar.ObjectFields;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;

/** Objects of a plain class or Java record, whose fields are columns of their names. Immutable. */
final class ObjectShape<T> implements RecordShape<T> {
    private static final long serialVersionUID = 1L;

    private final ObjectFields<T> type;

    ObjectShape(Class<T> type) {
        this.type = new ObjectFields<>(type, "ORC");
    }

    TypeInformation<T> description() {
        return type.description();
    }

    @Override
    public RecordMaker<T> of(WantedColumns wanted) {
        List<TypeField> fields = type.fields();
        ColumnValues[] columns = new ColumnValues[fields.size()];
        boolean[] primitive = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            TypeField field = fields.get(i);
            primitive[i] = field.rawType().isPrimitive();
            columns[i] = wanted.column(field.name(), field.type(), field.rawType());
            if (columns[i] == null && primitive[i]) {
                throw Malformed.schema(wanted.where(), type.lacking(field));
            }
        }
        try {
            return type.isRecord()
                    ? components(columns, primitive)
                    : setters(fields, columns, primitive);
        } catch (ReflectiveOperationException e) {
            throw type.unusable(e);
        }
    }

    private static Object value(ColumnValues column, boolean primitive, int row) {
        return primitive ? column.presentAt(row) : column.at(row);
    }

    private RecordMaker<T> components(ColumnValues[] columns, boolean[] primitive)
            throws ReflectiveOperationException {
        MethodHandle constructor =
                type.canonicalConstructor()
                        .asSpreader(Object[].class, columns.length)
                        .asType(MethodType.methodType(Object.class, Object[].class));
        return row -> {
            Object[] values = new Object[columns.length];
            for (int i = 0; i < columns.length; i++) {
                values[i] = columns[i] == null ? null : value(columns[i], primitive[i], row);
            }
            try {
                return type.cast(constructor.invokeExact(values));
            } catch (Throwable e) {
                throw type.failed(e);
            }
        };
    }

    private RecordMaker<T> setters(
            List<TypeField> fields, ColumnValues[] columns, boolean[] primitive)
            throws ReflectiveOperationException {
        MethodHandle constructor = type.emptyConstructor();
        MethodHandle[] setters = new MethodHandle[columns.length];
        for (int i = 0; i < columns.length; i++) {
            setters[i] =
                    type.setter(fields.get(i))
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
                throw type.failed(e);
            }
        };
    }
}
