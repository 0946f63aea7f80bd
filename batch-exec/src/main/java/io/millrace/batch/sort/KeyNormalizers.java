package io.millrace.batch.sort;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.Row;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.StructParts;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** Finds the order of a type. Pure. */
public final class KeyNormalizers {
    private KeyNormalizers() {}

    /**
     * The order of the values of a schema: the natural one of scalars, byte arrays by unsigned
     * bytes, enums by ordinal, a class that compares with itself as it says, else tuples, records,
     * rows and classes by their fields in sequence, null first.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} if the type has no order, with its name
     */
    public static <K> KeyNormalizer<K> of(Schema schema) {
        KeyNormalizer<K> found = find(schema);
        if (found == null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "Values of "
                            + schema.text()
                            + " have no order. Sort by a number, a text, a time, an enum, a class"
                            + " that is Comparable, or a tuple or record of such.");
        }
        return found;
    }

    /** The order of values whose class shows with the first one; not for two threads. */
    public static KeyNormalizer<Object> ofValues() {
        return new FoundKeys();
    }

    /** Null if instances of the class have no order of their own. */
    @SuppressWarnings("unchecked") // the normalizer of that class
    static KeyNormalizer<Object> ofFound(Class<?> type) {
        Scalar scalar = Scalar.of(type);
        if (scalar != null && ScalarKeys.of(scalar) != null) {
            return (KeyNormalizer<Object>) ScalarKeys.of(scalar);
        }
        if (Enum.class.isAssignableFrom(type)) {
            return (KeyNormalizer<Object>) (KeyNormalizer<?>) new EnumKeys();
        }
        return Comparable.class.isAssignableFrom(type) ? new NaturalKeys() : null;
    }

    /** Null if the values have no order. */
    @SuppressWarnings("unchecked") // normalizers of the schema's values
    static <K> KeyNormalizer<K> find(Schema schema) {
        return (KeyNormalizer<K>)
                switch (schema.kind()) {
                    case SCALAR -> ScalarKeys.of(((Schema.ScalarOf) schema).type());
                    case ENUM -> new EnumKeys();
                    case STRUCT -> ofStruct((Schema.Struct) schema);
                    case OPEN -> {
                        Schema.Open open = (Schema.Open) schema;
                        boolean natural = isComparable(open.type()) && open.type() != Date.class;
                        yield natural ? new NaturalKeys() : find(open.exact());
                    }
                    case ROW -> ofRow((Schema.RowOf) schema);
                    case UNION ->
                            isComparable(((Schema.Union) schema).type()) ? new NaturalKeys() : null;
                    case CUSTOM ->
                            isComparable(((Schema.Custom) schema).type().getTypeClass())
                                    ? new NaturalKeys()
                                    : null;
                    case SEQUENCE, MAPPING, ARRAY, OPTIONAL, ANY, ENCLOSING -> null;
                };
    }

    private static boolean isComparable(Class<?> type) {
        return Comparable.class.isAssignableFrom(type);
    }

    private static KeyNormalizer<?> ofStruct(Schema.Struct struct) {
        if (isComparable(struct.type())) {
            return new NaturalKeys();
        }
        if (struct.form() == Schema.Form.TUPLE) {
            return ofFields(struct.fields(), i -> tuple -> ((Tuple) tuple).getField(i));
        }
        List<StructParts.Part> parts = StructParts.of(struct);
        return ofFields(struct.fields(), i -> parts.get(i)::get);
    }

    private static KeyNormalizer<?> ofRow(Schema.RowOf row) {
        return row.known() ? ofFields(row.fields(), i -> value -> ((Row) value).getField(i)) : null;
    }

    /** How the field at a place is read. */
    private interface Getters {
        FieldKeys.Getter at(int index);
    }

    private static KeyNormalizer<?> ofFields(List<Schema.Field> fields, Getters getters) {
        List<FieldKeys.FieldKey> keys = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Schema.Field field = fields.get(i);
            KeyNormalizer<Object> order = find(field.schema());
            if (order == null) {
                return null;
            }
            keys.add(
                    new FieldKeys.FieldKey(
                            getters.at(i), field.nullable() ? order.nullsFirst() : order));
        }
        return new FieldKeys<>(keys);
    }
}
