package io.millrace.connector.orc;

import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;

/**
 * Collects the columns of a file, or the fields of a struct, that a program wants. Confined to its
 * task.
 */
final class WantedColumns {
    private final TypeDescription file;
    private final String where;
    private final TypeDescription schema = TypeDescription.createStruct();
    private final List<ColumnValues> values = new ArrayList<>();

    /**
     * @param where the file, for messages
     */
    WantedColumns(TypeDescription file, String where) {
        this.file = file;
        this.where = where;
    }

    /**
     * @param target the declared class, which may be primitive
     * @return null if the file has no such column
     * @throws io.millrace.api.error.MillraceException if it has one that cannot become of the class
     */
    ColumnValues column(String name, TypeInformation<?> wanted, Class<?> target) {
        int index = file.getFieldNames().indexOf(name);
        if (index < 0) {
            return null;
        }
        TypeDescription type = file.getChildren().get(index);
        String column = where + ", column '" + name + "'";
        Nesting found = Nesting.of(type, wanted, target, column);
        if (found == null) {
            throw Malformed.schema(
                    where,
                    "column '"
                            + name
                            + "' is '"
                            + type
                            + "', which cannot become a "
                            + (type.getCategory().isPrimitive() ? target.getName() : wanted));
        }
        ColumnValues each = new ColumnValues(column, found.conversion());
        schema.addField(name, found.read());
        values.add(each);
        return each;
    }

    /** The file, for messages. */
    String where() {
        return where;
    }

    /** The columns, in the order in which they were wanted. */
    TypeDescription schema() {
        return schema;
    }

    /** From now on, values are those of these vectors, whatever is decoded into them. */
    void read(ColumnVector[] vectors) {
        for (int i = 0; i < values.size(); i++) {
            values.get(i).read(vectors[i]);
        }
    }
}
