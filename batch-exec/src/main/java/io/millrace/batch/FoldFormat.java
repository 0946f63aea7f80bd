package io.millrace.batch;

import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;

/**
 * How keys and folds become bytes on disk. Immutable.
 *
 * <pre>
 * entry := int key hash, key, fold
 * </pre>
 */
record FoldFormat(Serializer<Object> keys, Serializer<Object> folds) {
    /** The format of the operator's keys, found at run time, and of its records. */
    static FoldFormat of(OperatorContext context) {
        return context.inputSerializer() instanceof PartialSerializer partials
                ? new FoldFormat(partials.keys(), partials.folds())
                : new FoldFormat(
                        Serializers.of(null, context.userLoader()), context.inputSerializer());
    }

    void write(int keyHash, Object key, Object fold, BinaryWriter out) {
        out.writeInt(keyHash);
        keys.write(key, out);
        folds.write(fold, out);
    }

    Fold read(BinaryReader in) {
        int keyHash = in.readInt();
        return new Fold(keyHash, keys.read(in), folds.read(in));
    }

    /** A key and its fold so far. */
    record Fold(int keyHash, Object key, Object value) {}
}
