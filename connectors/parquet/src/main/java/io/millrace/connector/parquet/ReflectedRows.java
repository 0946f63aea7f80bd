package io.millrace.connector.parquet;

import io.millrace.connector.parquet.write.LeafColumn;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.reflect.Nullable;

/**
 * Compiled code that adds the fields of an object to columns, one for each class and schema.
 * Thread-safe.
 */
/* As for reading (RowLoops), the code is a handle that is the constant of a hidden class: it reads each field
 * and calls the method of its column, without boxes. It takes the fields as each record comes, since programs
 * may give the same object again. */
final class ReflectedRows {
    private static final String ANNOTATIONS = Nullable.class.getPackageName() + ".";

    private static final ClassValue<Map<String, RowPut>> KNOWN =
            new ClassValue<>() {
                @Override
                protected Map<String, RowPut> computeValue(Class<?> type) {
                    return new ConcurrentHashMap<>();
                }
            };

    private ReflectedRows() {}

    /**
     * Null if not all fields are numbers, truth values, texts, bytes or enums, or if annotations of
     * Avro say how they are written: parquet-java is for these.
     *
     * @param schema as Avro finds it by reflection
     */
    static RowPut of(Class<?> type, Schema schema) {
        Map<String, RowPut> known = KNOWN.get(type);
        String text = schema.toString();
        RowPut put = known.get(text);
        if (put == null) {
            try {
                MethodHandle row = row(type, schema);
                if (row == null) {
                    return null;
                }
                put = HiddenClasses.of(RowPutTemplate.class, row);
            } catch (ReflectiveOperationException e) {
                return null; // fields are not open to us: parquet-java has its own ways
            }
            RowPut other = known.putIfAbsent(text, put);
            put = other == null ? put : other;
        }
        return put;
    }

    private static MethodHandle row(Class<?> type, Schema schema)
            throws ReflectiveOperationException {
        if (schema.getType() != Schema.Type.RECORD
                || schema.getLogicalType() != null
                || schema.getFields().isEmpty()
                || !isPlain(type)) {
            return null;
        }
        MethodHandle all =
                MethodHandles.empty(
                        MethodType.methodType(void.class, LeafColumn[].class, Object.class));
        for (int i = schema.getFields().size() - 1; i >= 0; i--) {
            Schema.Field of = schema.getFields().get(i);
            Field field = field(type, of.name());
            MethodHandle put = field == null ? null : put(i, field, of.schema());
            if (put == null) {
                return null;
            }
            all = MethodHandles.foldArguments(all, put);
        }
        return all;
    }

    /** Of the type {@code (LeafColumn[], Object) -> void}, or null. */
    private static MethodHandle put(int index, Field field, Schema schema)
            throws ReflectiveOperationException {
        Schema value = AvroShape.withoutNull(schema);
        MethodHandle put = FieldPuts.of(index, field.getType(), value, value != schema);
        if (put == null) {
            return null;
        }
        MethodHandle getter =
                MethodHandles.privateLookupIn(field.getDeclaringClass(), MethodHandles.lookup())
                        .unreflectGetter(field);
        return MethodHandles.filterArguments(
                put, 1, getter.asType(getter.type().changeParameterType(0, Object.class)));
    }

    /** Where Avro looks for it; null if it is not there once and plain. */
    private static Field field(Class<?> type, String name) {
        Field found = null;
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getName().equals(name)
                        && (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                    if (found != null || !isPlain(field)) {
                        return null;
                    }
                    found = field;
                }
            }
        }
        return found;
    }

    /** Whether no annotation of Avro changes what is written. */
    private static boolean isPlain(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<?> type = annotation.annotationType();
            if (type != Nullable.class && type.getName().startsWith(ANNOTATIONS)) {
                return false;
            }
        }
        return true;
    }
}
