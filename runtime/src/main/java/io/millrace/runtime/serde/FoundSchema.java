package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;

/** Schemas from values: a program whose types are erased shows them in its records. Pure. */
final class FoundSchema {
    /** Tuples inside tuples that are looked into. */
    private static final int MAX_TUPLE_NESTING = 4;

    private FoundSchema() {}

    /** A schema that holds for every value of this value's class. */
    static Schema general(Object value) {
        return of(value, 0);
    }

    /** A schema that holds for this value and those like it; see {@link Serializer#fits}. */
    static Schema precise(Object value) {
        return of(value, MAX_TUPLE_NESTING);
    }

    private static Schema of(Object value, int tupleNesting) {
        Class<?> type = value.getClass();
        Scalar scalar = Scalar.of(type);
        if (scalar != null) {
            return new Schema.ScalarOf(scalar);
        }
        if (value instanceof Enum<?> constant) {
            return ReflectedSchema.enumOf(constant.getDeclaringClass());
        }
        if (type.isArray()) {
            return ReflectedSchema.of(type);
        }
        if (value instanceof Optional<?>) {
            return new Schema.OptionalOf(new Schema.Any());
        }
        if (value instanceof Row) {
            return new Schema.RowOf(false, List.of());
        }
        if (value instanceof Tuple tuple && ReflectedSchema.isTuple(type)) {
            return ofTuple(tuple, tupleNesting);
        }
        if (value instanceof Collection<?> collection) {
            return new Schema.Sequence(formOf(collection), new Schema.Any());
        }
        if (value instanceof Map<?, ?> map) {
            return new Schema.Mapping(formOf(map), new Schema.Any(), new Schema.Any());
        }
        return ReflectedSchema.ofExactly(type);
    }

    private static Schema ofTuple(Tuple tuple, int nesting) {
        return tuple(
                tuple.getArity(),
                i -> {
                    Object field = tuple.getField(i);
                    boolean known = nesting > 0 && field != null && isPrecise(field.getClass());
                    return known ? of(field, nesting - 1) : new Schema.Any();
                });
    }

    private static boolean isPrecise(Class<?> type) {
        return Scalar.of(type) != null
                || type.isEnum()
                || type.isRecord()
                || ReflectedSchema.isTuple(type);
    }

    /** The schema of a tuple with these fields. */
    static Schema tuple(int arity, IntFunction<Schema> fieldAt) {
        if (arity < 0 || arity > Tuple.MAX_ARITY) {
            throw new CorruptDataException("a tuple of " + arity + " fields");
        }
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < arity; i++) {
            fields.add(new Schema.Field("f" + i, true, fieldAt.apply(i)));
        }
        return new Schema.Struct(Schema.Form.TUPLE, Tuple.getTupleClass(arity), fields);
    }

    private static Schema.SequenceForm formOf(Collection<?> value) {
        Schema.SequenceForm exact = CollectionForms.sequence(value.getClass());
        if (exact != null) {
            return exact;
        }
        if (value instanceof List<?>) {
            return Schema.SequenceForm.LIST;
        }
        if (value instanceof SortedSet<?>) {
            return Schema.SequenceForm.SORTED_SET;
        }
        if (value instanceof Set<?>) {
            return Schema.SequenceForm.SET;
        }
        if (value instanceof Deque<?>) {
            return Schema.SequenceForm.QUEUE;
        }
        throw new MillraceException(
                ErrorCode.RECORD_TYPE_UNKNOWN,
                value.getClass().getName()
                        + " is neither a list nor a set nor a deque and cannot be sent. Copy it"
                        + " into a list.");
    }

    private static Schema.MappingForm formOf(Map<?, ?> value) {
        Schema.MappingForm exact = CollectionForms.mapping(value.getClass());
        if (exact != null) {
            return exact;
        }
        if (value instanceof SortedMap<?, ?>) {
            return Schema.MappingForm.SORTED_MAP;
        }
        return value instanceof ConcurrentMap<?, ?>
                ? Schema.MappingForm.CONCURRENT_MAP
                : Schema.MappingForm.MAP;
    }

    static MillraceException tooMany(Object value, int limit) {
        return new MillraceException(
                ErrorCode.RECORD_TYPE_UNKNOWN,
                "the records of one channel have more than "
                        + limit
                        + " different structures, the last one of "
                        + value.getClass().getName()
                        + ". Give the stream a type with returns(...).");
    }
}
