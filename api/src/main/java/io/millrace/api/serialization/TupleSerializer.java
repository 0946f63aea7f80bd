package io.millrace.api.serialization;

import io.millrace.api.tuple.Tuple;

/**
 * The engine's serializer of tuples of one description.
 *
 * @param <T> the tuple
 */
public final class TupleSerializer<T extends Tuple> extends ForwardingSerializer<T> {
    private static final long serialVersionUID = 1L;

    /**
     * @param engine does the work
     */
    public TupleSerializer(TypeSerializer<T> engine) {
        super(engine);
    }

    @Override
    public TupleSerializer<T> duplicate() {
        return new TupleSerializer<>(engine().duplicate());
    }

    /** Number of fields. */
    public int getArity() {
        return createInstance().getArity();
    }
}
