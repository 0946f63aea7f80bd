package io.millrace.api.dataset;

import io.millrace.api.function.KeySelector;
import io.millrace.api.stream.DataStream;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.util.Arrays;

/**
 * By what one side of a join is joined. A key of one field is the field's value, so that it can
 * equal what a selector gives; one of several is a tuple. Immutable.
 *
 * @param type null if it is not known
 */
record JoinKey<T>(KeySelector<T, Object> selector, Class<?> type) {
    /** By fields of a tuple, from 0. */
    static <T> JoinKey<T> of(DataStream<T> stream, int... fields) {
        return of(stream, Arrays.stream(fields).mapToObj(String::valueOf).toArray(String[]::new));
    }

    static <T> JoinKey<T> of(DataStream<T> stream, String... fields) {
        KeySelector<T, Tuple> tuple = stream.keyBy(fields).getKeySelector();
        if (fields.length == 1) {
            return new JoinKey<>(new OneField<>(tuple), typeOf(stream.getType(), fields[0]));
        }
        return new JoinKey<>(tuple::getKey, Tuple.getTupleClass(fields.length));
    }

    private static Class<?> typeOf(TypeInformation<?> type, String field) {
        if (!(type instanceof CompositeType<?> composite)) {
            return null;
        }
        boolean isPosition = Character.isDigit(field.charAt(0));
        TypeInformation<?> found =
                isPosition
                        ? composite.getTypeAt(Integer.parseInt(field))
                        : composite.getTypeAt(field);
        return found == null ? null : found.getTypeClass();
    }

    /**
     * @param input null if it is not known
     */
    static <T, K> JoinKey<T> of(KeySelector<T, K> selector, TypeInformation<T> input) {
        TypeInformation<K> type = TypeExtractor.resultOf(selector, KeySelector.class, 1, 0, input);
        return new JoinKey<>(selector::getKey, type == null ? null : type.getTypeClass());
    }

    /** Whether a key of one can equal a key of the other, as far as types are known. */
    boolean canEqual(JoinKey<?> other) {
        return type == null || other.type == null || type == other.type;
    }

    private static final class OneField<T> implements KeySelector<T, Object> {
        private static final long serialVersionUID = 1L;

        private final KeySelector<T, Tuple> fields;

        OneField(KeySelector<T, Tuple> fields) {
            this.fields = fields;
        }

        @Override
        public Object getKey(T value) throws Exception {
            return fields.getKey(value).getField(0);
        }
    }
}
