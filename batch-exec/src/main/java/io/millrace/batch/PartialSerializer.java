package io.millrace.batch;

import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;

/**
 * Partials, and records that nothing was folded with, as bytes: which of them it is, the key of a
 * partial, then the fold or the record. Immutable.
 *
 * <p>What a combiner has pushed on is nobody else's, so handing it over needs no copy.
 */
final class PartialSerializer extends Serializer<Object> {
    private static final byte RECORD = 0;
    private static final byte PARTIAL = 1;

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
        if (value instanceof Partial partial) {
            out.writeByte(PARTIAL);
            keys.write(partial.key, out);
            folds.write(partial.fold, out);
        } else {
            out.writeByte(RECORD);
            folds.write(value, out);
        }
    }

    @Override
    public Object read(BinaryReader in) {
        if (in.readByte() == RECORD) {
            return folds.read(in);
        }
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
