package io.millrace.connector.parquet;

import java.util.List;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/** Finds the columns of a file that a program wants. Confined to its task. */
final class WantedColumns {
    private final MessageType schema;
    private final String createdBy;
    private final String where;

    /**
     * @param where the file, for messages
     */
    WantedColumns(ParquetMetadata footer, String where) {
        this.schema = footer.getFileMetaData().getSchema();
        this.createdBy = footer.getFileMetaData().getCreatedBy();
        this.where = where;
    }

    /**
     * @return null if the file has no such column
     * @throws io.millrace.api.error.MillraceException if it has one that cannot become of the class
     */
    FlatColumn column(String name, Class<?> target) {
        if (!schema.containsField(name)) {
            return null;
        }
        if (!schema.getType(name).isPrimitive()) {
            throw Malformed.schema(
                    where,
                    "column '" + name + "' is nested: read the file with AvroParquetReaders");
        }
        ColumnDescriptor descriptor = schema.getColumnDescription(new String[] {name});
        FlatColumn column =
                FlatColumn.isFlat(descriptor)
                        ? Columns.of(descriptor, target, createdBy, where)
                        : null;
        if (column == null) {
            throw Malformed.schema(
                    where,
                    "column '"
                            + name
                            + "' is '"
                            + schema.getType(name)
                            + "', which cannot become a "
                            + target.getName());
        }
        return column;
    }

    /** Whether the file's column of this name, which it has, is decoded here. */
    boolean isFlat(String name) {
        return schema.getType(name).isPrimitive()
                && FlatColumn.isFlat(schema.getColumnDescription(new String[] {name}));
    }

    static List<FlatColumn> present(List<FlatColumn> columns) {
        return columns.stream().filter(Objects::nonNull).toList();
    }
}
