package io.millrace.connector.orc;

import io.millrace.api.type.ListTypeInfo;
import io.millrace.api.type.MapTypeInfo;
import io.millrace.api.type.PojoTypeInfo;
import io.millrace.api.type.RecordTypeInfo;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.orc.ColumnValues.Conversion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;

/**
 * What becomes of a column's values, however deep it is nested: of an array a list, of a map a map,
 * of a struct a row, a plain object or a Java record. Immutable.
 *
 * @param conversion of a value that is there
 * @param read the part of the column that is read: of structs, the fields that are wanted
 */
record Nesting(Conversion conversion, TypeDescription read) {
    /**
     * Null if a column of this type cannot become of that one.
     *
     * @param target the declared class, which may be primitive
     * @param where the file and column, for messages
     * @throws io.millrace.api.error.MillraceException {@code SCHEMA_INCOMPATIBLE} if a field of a
     *     struct cannot
     */
    static Nesting of(
            TypeDescription column, TypeInformation<?> type, Class<?> target, String where) {
        return switch (column.getCategory()) {
            case LIST -> type instanceof ListTypeInfo<?> list ? list(column, list, where) : null;
            case MAP -> type instanceof MapTypeInfo<?, ?> map ? map(column, map, where) : null;
            case STRUCT -> struct(column, type, where);
            default -> {
                Conversion conversion = Conversions.of(column, target);
                yield conversion == null ? null : new Nesting(conversion, column.clone());
            }
        };
    }

    private static Nesting part(
            TypeDescription column, int child, TypeInformation<?> type, String where) {
        return of(column.getChildren().get(child), type, type.getTypeClass(), where);
    }

    private static Nesting list(TypeDescription column, ListTypeInfo<?> type, String where) {
        Nesting element = part(column, 0, type.getElementTypeInfo(), where);
        if (element == null) {
            return null;
        }
        return new Nesting(
                (vector, at) -> {
                    ListColumnVector lists = (ListColumnVector) vector;
                    int from = (int) lists.offsets[at];
                    int length = (int) lists.lengths[at];
                    List<Object> values = new ArrayList<>(length);
                    for (int i = from; i < from + length; i++) {
                        values.add(element.at(lists.child, i));
                    }
                    return values;
                },
                TypeDescription.createList(element.read));
    }

    private static Nesting map(TypeDescription column, MapTypeInfo<?, ?> type, String where) {
        Nesting key = part(column, 0, type.getKeyTypeInfo(), where);
        Nesting value = part(column, 1, type.getValueTypeInfo(), where);
        if (key == null || value == null) {
            return null;
        }
        return new Nesting(
                (vector, at) -> {
                    MapColumnVector maps = (MapColumnVector) vector;
                    int from = (int) maps.offsets[at];
                    int to = from + (int) maps.lengths[at];
                    Map<Object, Object> values = new LinkedHashMap<>();
                    for (int i = from; i < to; i++) {
                        values.put(key.at(maps.keys, i), value.at(maps.values, i));
                    }
                    return values;
                },
                TypeDescription.createMap(key.read, value.read));
    }

    private static Nesting struct(TypeDescription column, TypeInformation<?> type, String where) {
        RecordShape<?> shape = shapeOf(type);
        if (shape == null) {
            return null;
        }
        WantedColumns fields = new WantedColumns(column, where);
        RecordMaker<?> maker = shape.of(fields);
        boolean any = !fields.schema().getChildren().isEmpty();
        return new Nesting(
                (vector, at) -> {
                    fields.read(((StructColumnVector) vector).fields);
                    return maker.make(at);
                },
                any ? fields.schema() : column.clone());
    }

    /** Null if the type is not made of named fields. */
    private static RecordShape<?> shapeOf(TypeInformation<?> type) {
        if (type instanceof RowTypeInfo row) {
            return new RowShape(row);
        }
        return type instanceof PojoTypeInfo<?> || type instanceof RecordTypeInfo<?>
                ? new ObjectShape<>(type.getTypeClass())
                : null;
    }

    /** Null if the value is. */
    private Object at(ColumnVector vector, int index) {
        int at = vector.isRepeating ? 0 : index;
        return !vector.noNulls && vector.isNull[at] ? null : conversion.of(vector, at);
    }
}
