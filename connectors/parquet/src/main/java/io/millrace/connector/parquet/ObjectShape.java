package io.millrace.connector.parquet;

import io.millrace.api.type.TypeField;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.columnar.ObjectFields;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** Objects of a plain class or Java record, whose fields are columns of their names. Immutable. */
final class ObjectShape<T> implements RecordShape<T> {
    private static final long serialVersionUID = 1L;

    private final ObjectFields<T> type;

    ObjectShape(Class<T> type) {
        this.type = new ObjectFields<>(type, "Parquet");
    }

    TypeInformation<T> description() {
        return type.description();
    }

    @Override
    public GroupRecords<T> of(ParquetMetadata footer, String where) {
        WantedColumns wanted = new WantedColumns(footer, where);
        List<TypeField> fields = type.fields();
        List<FlatColumn> columns = new ArrayList<>();
        for (TypeField field : fields) {
            FlatColumn column = wanted.column(field.name(), field.rawType());
            if (column == null && field.rawType().isPrimitive()) {
                throw Malformed.schema(where, type.lacking(field));
            }
            columns.add(column);
        }
        try {
            return new FlatRecords<>(
                    WantedColumns.present(columns),
                    type.isRecord() ? components(fields, columns) : setters(fields, columns),
                    where);
        } catch (ReflectiveOperationException e) {
            throw type.unusable(e);
        }
    }

    /** One handle of a row, which the JIT compiles as one: no array, and no boxes for numbers. */
    @SuppressWarnings("unchecked") // the constructor makes them
    private RecordMaker<T> components(List<TypeField> fields, List<FlatColumn> columns)
            throws ReflectiveOperationException {
        int size = fields.size();
        MethodHandle[] getters = new MethodHandle[size];
        for (int i = 0; i < size; i++) {
            getters[i] = ColumnGetters.of(columns.get(i), fields.get(i).rawType());
        }
        MethodType ofRow = MethodType.methodType(Object.class, int.class);
        MethodHandle ofRows =
                MethodHandles.filterArguments(type.canonicalConstructor(), 0, getters)
                        .asType(
                                MethodType.methodType(
                                        Object.class, Collections.nCopies(size, int.class)));
        MethodHandle make = MethodHandles.permuteArguments(ofRows, ofRow, new int[size]);
        return row -> {
            try {
                return (T) make.invokeExact(row);
            } catch (Throwable e) {
                throw type.failed(e);
            }
        };
    }

    private RecordMaker<T> setters(List<TypeField> fields, List<FlatColumn> columns)
            throws ReflectiveOperationException {
        MethodHandle constructor = type.emptyConstructor();
        List<FieldSetter> setters = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            TypeField field = fields.get(i);
            FlatColumn column = columns.get(i);
            if (column != null) {
                setters.add(FieldSetter.of(column, field.rawType(), type.setter(field)));
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
                throw type.failed(e);
            }
        };
    }
}
