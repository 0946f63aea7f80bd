package io.millrace.savepoint;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Statements that make the tables of a savepoint external tables of Hive, or of Spark, which reads
 * the same. Confined to one savepoint.
 */
final class HiveTables {
    private static final int BYTE_BITS = 8;

    private final Set<String> taken = new HashSet<>();

    /**
     * @param uid of the operator
     * @param name of the state
     * @param location directory of the table's files
     */
    String create(String uid, String name, TableLayout layout, String location) {
        List<String> columns =
                layout.message().getFields().stream()
                        .map(field -> "  " + quoted(field.getName()) + " " + typeOf(field))
                        .toList();
        return "CREATE EXTERNAL TABLE "
                + quoted(tableName(uid, name))
                + " (\n"
                + String.join(",\n", columns)
                + ")\nSTORED AS PARQUET\nLOCATION '"
                + location.replace("\\", "\\\\").replace("'", "\\'")
                + "';\n";
    }

    private String tableName(String uid, String name) {
        String base =
                (uid + (name.isEmpty() ? "" : "_" + name))
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9_]", "_");
        String unique = base;
        for (int number = 2; !taken.add(unique); number++) {
            unique = base + "_" + number;
        }
        return unique;
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String typeOf(Type type) {
        return type.isPrimitive() ? primitive(type.asPrimitiveType()) : group(type.asGroupType());
    }

    private static String group(GroupType group) {
        LogicalTypeAnnotation annotation = group.getLogicalTypeAnnotation();
        if (annotation instanceof ListLogicalTypeAnnotation) {
            return "array<" + typeOf(group.getType(0).asGroupType().getType(0)) + ">";
        }
        if (annotation instanceof MapLogicalTypeAnnotation) {
            GroupType entry = group.getType(0).asGroupType();
            return "map<" + typeOf(entry.getType(0)) + "," + typeOf(entry.getType(1)) + ">";
        }
        return group.getFields().stream()
                .map(field -> quoted(field.getName()) + ":" + typeOf(field))
                .collect(Collectors.joining(",", "struct<", ">"));
    }

    private static String primitive(PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> "boolean";
            case INT32 ->
                    annotation instanceof DateLogicalTypeAnnotation
                            ? "date"
                            : annotation instanceof IntLogicalTypeAnnotation small
                                    ? small.getBitWidth() == BYTE_BITS ? "tinyint" : "smallint"
                                    : "int";
            case INT64 ->
                    annotation instanceof TimestampLogicalTypeAnnotation ? "timestamp" : "bigint";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case BINARY, FIXED_LEN_BYTE_ARRAY ->
                    annotation instanceof StringLogicalTypeAnnotation
                                    || annotation instanceof EnumLogicalTypeAnnotation
                            ? "string"
                            : "binary";
            case INT96 -> "timestamp";
        };
    }
}
