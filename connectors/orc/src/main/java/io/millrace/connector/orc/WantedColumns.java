package io.millrace.connector.orc;

import java.util.ArrayList;
import java.util.List;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/** Collects the columns of a file that a program wants. Confined to its task. */
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
     * @return null if the file has no such column
     * @throws io.millrace.api.error.MillraceException if it has one that cannot become of the class
     */
    ColumnValues column(String name, Class<?> target) {
        int index = file.getFieldNames().indexOf(name);
        if (index < 0) {
            return null;
        }
        TypeDescription type = file.getChildren().get(index);
        ColumnValues.Conversion conversion = Conversions.of(type, target);
        if (conversion == null) {
            throw Malformed.schema(
                    where,
                    "column '"
                            + name
                            + "' is '"
                            + type
                            + "', which cannot become a "
                            + target.getName());
        }
        ColumnValues column = new ColumnValues(where + ", column '" + name + "'", conversion);
        schema.addField(name, type.clone());
        values.add(column);
        return column;
    }

    /** The file, for messages. */
    String where() {
        return where;
    }

    /** The columns, in the order in which they were wanted. */
    TypeDescription schema() {
        return schema;
    }

    /** From now on, values are those of this batch, whatever is decoded into it. */
    void read(VectorizedRowBatch batch) {
        for (int i = 0; i < values.size(); i++) {
            values.get(i).read(batch.cols[i]);
        }
    }
}
