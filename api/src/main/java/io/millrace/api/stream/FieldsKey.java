package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.TypeInformation;
import java.util.Arrays;
import java.util.List;

/** Makes a tuple of some fields of a record. Confined to its task. */
final class FieldsKey<T> implements KeySelector<T, Tuple> {
    private static final long serialVersionUID = 1L;

    private final List<FieldAccess> fields;

    private FieldsKey(List<FieldAccess> fields) {
        this.fields = fields;
    }

    static <T> FieldsKey<T> ofPositions(TypeInformation<T> type, int... positions) {
        if (type != null && !(type instanceof CompositeType<?>)) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "keyBy by position needs a type with fields, not "
                            + type
                            + ". Use a key selector.");
        }
        return ofNames(
                type, Arrays.stream(positions).mapToObj(String::valueOf).toArray(String[]::new));
    }

    static <T> FieldsKey<T> ofNames(TypeInformation<T> type, String... names) {
        if (names.length == 0 || names.length > Tuple.MAX_ARITY) {
            throw new IllegalArgumentException(
                    "A key has 1 to " + Tuple.MAX_ARITY + " fields, not " + names.length + ".");
        }
        return new FieldsKey<>(
                Arrays.stream(names).map(name -> FieldAccess.of(type, name)).toList());
    }

    /** The value of one field, not in a tuple. */
    @SuppressWarnings("unchecked")
    static <T, K> KeySelector<T, K> ofSingle(TypeInformation<T> type, String name) {
        FieldAccess field = FieldAccess.of(type, name);
        return value -> (K) field.get(value);
    }

    @Override
    public Tuple getKey(T value) {
        Tuple key = Tuple.newInstance(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            key.setField(fields.get(i).get(value), i);
        }
        return key;
    }
}
