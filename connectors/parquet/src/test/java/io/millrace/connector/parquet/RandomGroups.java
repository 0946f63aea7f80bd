package io.millrace.connector.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Random schemas, nested ones among them, and rows of them. */
final class RandomGroups {
    private RandomGroups() {}

    static MessageType schema(Random random) {
        return new MessageType("m", fields(random, 0));
    }

    private static List<Type> fields(Random random, int depth) {
        List<Type> fields = new ArrayList<>();
        int count = 1 + random.nextInt(depth == 0 ? 6 : 3);
        for (int i = 0; i < count; i++) {
            Repetition repetition = Repetition.values()[random.nextInt(3)];
            boolean nested = depth < 4 && random.nextInt(4) == 0;
            fields.add(
                    nested
                            ? new GroupType(repetition, "g" + i, fields(random, depth + 1))
                            : leaf(random, repetition, "f" + i));
        }
        return fields;
    }

    private static PrimitiveType leaf(Random random, Repetition repetition, String name) {
        LogicalTypeAnnotation none = null;
        return switch (random.nextInt(16)) {
            case 0 -> leaf(PrimitiveTypeName.INT32, repetition, none, name);
            case 1 -> leaf(PrimitiveTypeName.INT64, repetition, none, name);
            case 2 -> leaf(PrimitiveTypeName.FLOAT, repetition, none, name);
            case 3 -> leaf(PrimitiveTypeName.DOUBLE, repetition, none, name);
            case 4 -> leaf(PrimitiveTypeName.BOOLEAN, repetition, none, name);
            case 5 -> leaf(PrimitiveTypeName.BINARY, repetition, none, name);
            case 6 ->
                    leaf(
                            PrimitiveTypeName.BINARY,
                            repetition,
                            LogicalTypeAnnotation.stringType(),
                            name);
            case 7 ->
                    leaf(
                            PrimitiveTypeName.BINARY,
                            repetition,
                            LogicalTypeAnnotation.enumType(),
                            name);
            case 8 ->
                    leaf(
                            PrimitiveTypeName.INT32,
                            repetition,
                            LogicalTypeAnnotation.intType(16, false),
                            name);
            case 9 ->
                    leaf(
                            PrimitiveTypeName.INT64,
                            repetition,
                            LogicalTypeAnnotation.intType(64, false),
                            name);
            case 10 ->
                    leaf(
                            PrimitiveTypeName.INT64,
                            repetition,
                            LogicalTypeAnnotation.timestampType(
                                    true, LogicalTypeAnnotation.TimeUnit.MICROS),
                            name);
            case 11 ->
                    leaf(
                            PrimitiveTypeName.BINARY,
                            repetition,
                            LogicalTypeAnnotation.decimalType(2, 12),
                            name);
            case 12 -> leaf(PrimitiveTypeName.INT96, repetition, none, name);
            case 13 ->
                    Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                            .length(16)
                            .as(LogicalTypeAnnotation.uuidType())
                            .named(name);
            case 14 ->
                    Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                            .length(2)
                            .as(LogicalTypeAnnotation.float16Type())
                            .named(name);
            default ->
                    Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                            .length(5)
                            .named(name);
        };
    }

    private static PrimitiveType leaf(
            PrimitiveTypeName type,
            Repetition repetition,
            LogicalTypeAnnotation logical,
            String name) {
        return Types.primitive(type, repetition).as(logical).named(name);
    }

    static List<Group> rows(Random random, MessageType schema, int count) {
        int distinct = 1 + random.nextInt(random.nextBoolean() ? 6 : 5000);
        int nulls = random.nextInt(4);
        List<Group> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Group row = new SimpleGroup(schema);
            // Few values at first and many later: dictionaries are given up in the middle.
            fill(random, row, i < count / 2 ? Math.min(distinct, 6) : distinct, nulls);
            rows.add(row);
        }
        return rows;
    }

    private static void fill(Random random, Group group, int distinct, int nulls) {
        for (Type field : group.getType().getFields()) {
            int times =
                    switch (field.getRepetition()) {
                        case REQUIRED -> 1;
                        case OPTIONAL ->
                                nulls == 3 || nulls > 0 && random.nextInt(nulls * 3) == 0 ? 0 : 1;
                        case REPEATED -> nulls == 3 ? 0 : random.nextInt(4);
                    };
            for (int i = 0; i < times; i++) {
                if (field.isPrimitive()) {
                    add(group, field.asPrimitiveType(), random.nextInt(distinct));
                } else {
                    fill(random, group.addGroup(field.getName()), distinct, nulls);
                }
            }
        }
    }

    private static void add(Group group, PrimitiveType type, int source) {
        Random random = new Random(source * 31L + 7);
        String name = type.getName();
        switch (type.getPrimitiveTypeName()) {
            case INT32 -> group.add(name, random.nextInt(3) == 0 ? source : random.nextInt());
            case INT64 -> group.add(name, random.nextInt(3) == 0 ? source : random.nextLong());
            case FLOAT -> group.add(name, floating(random).floatValue());
            case DOUBLE -> group.add(name, floating(random).doubleValue());
            case BOOLEAN -> group.add(name, random.nextBoolean());
            case INT96 -> group.add(name, new NanoTime(source, random.nextLong()));
            case BINARY -> {
                if (type.getLogicalTypeAnnotation() == null) {
                    group.add(name, bytes(random, random.nextInt(20)));
                } else if (type.getLogicalTypeAnnotation()
                        instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation) {
                    group.add(name, bytes(random, 1 + random.nextInt(5)));
                } else {
                    group.add(name, "ö€x".substring(random.nextInt(3)) + source);
                }
            }
            case FIXED_LEN_BYTE_ARRAY -> group.add(name, bytes(random, type.getTypeLength()));
        }
    }

    /** Zeros of both signs and what is not a number among them. */
    private static Double floating(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> 0.0;
            case 2 -> -0.0;
            case 3 -> Double.POSITIVE_INFINITY;
            default -> random.nextGaussian();
        };
    }

    private static Binary bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Binary.fromConstantByteArray(bytes);
    }
}
