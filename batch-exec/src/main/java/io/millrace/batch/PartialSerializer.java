package io.millrace.batch;

import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;

/**
 * A partial as bytes: its key, then its fold. Immutable.
 *
 * <p>A partial that has been pushed on is nobody else's, so handing it over needs no copy.
 */
final class PartialSerializer extends Serializer<Object> {
    private final Serializer<Object> keys;
    private final Serializer<Object> folds;

    PartialSerializer(Serializer<Object> keys, Serializer<Object> folds) {
        this.keys = keys;
        this.folds = folds;
    }

    Serializer<Object> keys() {
        return keys;
    }

    Serializer<Object> folds() {
        return folds;
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        Partial partial = (Partial) value;
        keys.write(partial.key, out);
        folds.write(partial.fold, out);
    }

    @Override
    public Object read(BinaryReader in) {
        Object key = keys.read(in);
        return new Partial(key, KeyGroups.hash(key), folds.read(in));
    }

    @Override
    public Object copy(Object value) {
        return value;
    }

    @Override
    public boolean immutable() {
        return true;
    }

    @Override
    public Schema schema() {
        return folds.schema();
    }
}
