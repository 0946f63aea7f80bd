package io.millrace.api.stream;

import io.millrace.api.function.MapFunction;
import io.millrace.api.tuple.Tuple;

/** Makes a tuple of some fields of another. Immutable. */
final class TupleFields<IN> implements MapFunction<IN, Tuple> {
    private static final long serialVersionUID = 1L;

    private final int[] fields;

    TupleFields(int[] fields) {
        this.fields = fields.clone();
    }

    @Override
    public Tuple map(IN value) {
        if (!(value instanceof Tuple tuple)) {
            throw new IllegalArgumentException(
                    "project() needs tuples, but here is a " + value.getClass().getTypeName());
        }
        Tuple result = Tuple.newInstance(fields.length);
        for (int i = 0; i < fields.length; i++) {
            result.setField(tuple.getField(fields[i]), i);
        }
        return result;
    }
}
