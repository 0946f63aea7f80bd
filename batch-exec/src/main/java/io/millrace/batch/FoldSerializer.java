package io.millrace.batch;

import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;

/** A key and its fold as bytes: the key's hash, the key, the fold. Immutable. */
final class FoldSerializer extends Serializer<FoldSerializer.Fold> {
    private final Serializer<Object> keys;
    private final Serializer<Object> folds;

    /** A key and its fold so far. */
    record Fold(int keyHash, Object key, Object value) {}

    FoldSerializer(Serializer<Object> keys, Serializer<Object> folds) {
        this.keys = keys;
        this.folds = folds;
    }

    /** For the operator's keys, found at run time, and its records. */
    static FoldSerializer of(OperatorContext context) {
        return context.inputSerializer() instanceof PartialSerializer partials
                ? new FoldSerializer(partials.keys(), partials.folds())
                : new FoldSerializer(
                        Serializers.of(null, context.userLoader()), context.inputSerializer());
    }

    /** As {@link #write(Fold, BinaryWriter)}. */
    void write(int keyHash, Object key, Object fold, BinaryWriter out) {
        out.writeInt(keyHash);
        keys.write(key, out);
        folds.write(fold, out);
    }

    @Override
    public void write(Fold fold, BinaryWriter out) {
        write(fold.keyHash, fold.key, fold.value, out);
    }

    @Override
    public Fold read(BinaryReader in) {
        int keyHash = in.readInt();
        return new Fold(keyHash, keys.read(in), folds.read(in));
    }

    @Override
    public Fold copy(Fold fold) {
        return new Fold(fold.keyHash, keys.copy(fold.key), folds.copy(fold.value));
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public Schema schema() {
        return folds.schema();
    }
}
