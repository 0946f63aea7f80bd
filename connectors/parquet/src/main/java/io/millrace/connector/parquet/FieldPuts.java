package io.millrace.connector.parquet;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.connector.parquet.write.LeafColumn;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Handles that add the value of a field to its column, of the type {@code (LeafColumn[], field) ->
 * void}: numbers without boxes. Stateless.
 */
final class FieldPuts {
    /** Classes of fields by what the schema says of their values; enums aside. */
    private static final Map<Schema.Type, Map<Class<?>, String>> PUTS =
            Map.of(
                    Schema.Type.INT,
                    Map.of(
                            int.class, "putInt",
                            short.class, "putInt",
                            byte.class, "putInt",
                            char.class, "putInt",
                            Integer.class, "putNumberAsInt",
                            Short.class, "putNumberAsInt",
                            Byte.class, "putNumberAsInt",
                            Character.class, "putCharacter"),
                    Schema.Type.LONG,
                    Map.of(long.class, "putLong", Long.class, "putBoxedLong"),
                    Schema.Type.FLOAT,
                    Map.of(float.class, "putFloat", Float.class, "putBoxedFloat"),
                    Schema.Type.DOUBLE,
                    Map.of(double.class, "putDouble", Double.class, "putBoxedDouble"),
                    Schema.Type.BOOLEAN,
                    Map.of(boolean.class, "putBoolean", Boolean.class, "putBoxedBoolean"),
                    Schema.Type.STRING,
                    Map.of(String.class, "putText"),
                    Schema.Type.BYTES,
                    Map.of(byte[].class, "putBytes", ByteBuffer.class, "putBuffer"));

    private FieldPuts() {}

    /**
     * Null if such a field is left to parquet-java.
     *
     * @param index of the column among all
     * @param value the schema of what is not null
     */
    static MethodHandle of(int index, Class<?> field, Schema value, boolean nullable)
            throws ReflectiveOperationException {
        String name =
                value.getType() == Schema.Type.ENUM && field.isEnum()
                        ? "putName"
                        : PUTS.getOrDefault(value.getType(), Map.of()).get(field);
        if (name == null || value.getLogicalType() != null) {
            return null;
        }
        MethodHandle put = find(name);
        MethodHandle bound = MethodHandles.insertArguments(put, 1, index, nullable ? 1 : 0);
        return bound.asType(MethodType.methodType(void.class, LeafColumn[].class, field));
    }

    private static MethodHandle find(String name) throws ReflectiveOperationException {
        for (var method : FieldPuts.class.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                return MethodHandles.lookup().unreflect(method);
            }
        }
        throw new NoSuchMethodException(name);
    }

    // Each takes the definition level of a value that is present: 0 if the column is required.

    private static void putInt(LeafColumn[] columns, int index, int level, int value) {
        columns[index].addInt(0, level, value);
    }

    private static void putLong(LeafColumn[] columns, int index, int level, long value) {
        columns[index].addLong(0, level, value);
    }

    private static void putFloat(LeafColumn[] columns, int index, int level, float value) {
        columns[index].addFloat(0, level, value);
    }

    private static void putDouble(LeafColumn[] columns, int index, int level, double value) {
        columns[index].addDouble(0, level, value);
    }

    private static void putBoolean(LeafColumn[] columns, int index, int level, boolean value) {
        columns[index].addBoolean(0, level, value);
    }

    private static void putNumberAsInt(LeafColumn[] columns, int index, int level, Number value) {
        if (value == null) {
            putNull(columns[index], level);
        } else {
            columns[index].addInt(0, level, value.intValue());
        }
    }

    private static void putCharacter(LeafColumn[] columns, int index, int level, Character value) {
        if (value == null) {
            putNull(columns[index], level);
        } else {
            columns[index].addInt(0, level, value);
        }
    }

    private static void putBoxedLong(LeafColumn[] columns, int index, int level, Long value) {
        if (value == null) {
            putNull(columns[index], level);
        } else {
            columns[index].addLong(0, level, value);
        }
    }

    private static void putBoxedFloat(LeafColumn[] columns, int index, int level, Float value) {
        if (value == null) {
            putNull(columns[index], level);
        } else {
            columns[index].addFloat(0, level, value);
        }
    }

    private static void putBoxedDouble(LeafColumn[] columns, int index, int level, Double value) {
        if (value == null) {
            putNull(columns[index], level);
        } else {
            columns[index].addDouble(0, level, value);
        }
    }

    private static void putBoxedBoolean(LeafColumn[] columns, int index, int level, Boolean value) {
        if (value == null) {
            putNull(columns[index], level);
        } else {
            columns[index].addBoolean(0, level, value);
        }
    }

    private static void putText(LeafColumn[] columns, int index, int level, String value) {
        if (value == null) {
            putNull(columns[index], level);
        } else {
            columns[index].addText(0, level, value);
        }
    }

    /** Of an enum, by what it calls itself, as parquet-java does. */
    private static void putName(LeafColumn[] columns, int index, int level, Object value) {
        if (value == null) {
            putNull(columns[index], level);
        } else {
            columns[index].addText(0, level, value.toString());
        }
    }

    private static void putBytes(LeafColumn[] columns, int index, int level, byte[] value) {
        if (value == null) {
            putNull(columns[index], level);
        } else {
            columns[index].addBytes(0, level, value, 0, value.length);
        }
    }

    static void putBuffer(LeafColumn[] columns, int index, int level, ByteBuffer value) {
        if (value == null) {
            putNull(columns[index], level);
        } else if (value.hasArray()) {
            int from = value.arrayOffset() + value.position();
            columns[index].addBytes(0, level, value.array(), from, value.remaining());
        } else {
            byte[] bytes = new byte[value.remaining()];
            value.duplicate().get(bytes);
            columns[index].addBytes(0, level, bytes, 0, bytes.length);
        }
    }

    /**
     * @param level of a value that is present
     */
    static void putNull(LeafColumn column, int level) {
        if (level == 0) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "the field '"
                            + column.descriptor().getPath()[0]
                            + "' of a record is null, but its column in Parquet is required. Annotate"
                            + " the field with org.apache.avro.reflect.Nullable, or let the schema be"
                            + " a union with null.");
        }
        column.addNull(0, 0);
    }
}
