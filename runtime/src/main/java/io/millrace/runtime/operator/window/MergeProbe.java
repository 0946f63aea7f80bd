package io.millrace.runtime.operator.window;

import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WriterStructures;
import java.util.Arrays;

/**
 * Tries once whether the parts of a window can be folded each by itself and then merged. Pure, but
 * for what the functions do.
 */
/* Nobody calls merge in Flink unless windows are sessions, so many programs have one that returns
 * null, throws, or returns one of its arguments; and a reduce function may count its calls. What is
 * tried: an accumulator merged with an empty one, on either side, is what it was; reducing is
 * associative. Values are compared by their bytes. A function that fails keeps one value for each
 * window, which is slower and always right.
 */
final class MergeProbe {
    private static final int FIRST_BYTES = 64;

    private final Fold fold;
    private final Serializer<Object> records; // copies them; null if they cannot change

    /**
     * @param copier of records; null if none is needed
     */
    MergeProbe(Fold fold, Serializer<Object> copier) {
        this.fold = fold;
        this.records = copier;
    }

    boolean merges(Object record) {
        if (fold.inPlace()) {
            return true; // the API's own
        }
        try {
            return fold.reduce() != null ? isAssociative(record) : mergesWithEmpty(record);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return false;
        } catch (Exception e) {
            return false; // of the user's function, which says so when it is called for a window
        }
    }

    private boolean isAssociative(Object record) throws Exception {
        Object left = fold.merge(fold.merge(copy(record), copy(record)), copy(record));
        Object right = fold.merge(copy(record), fold.merge(copy(record), copy(record)));
        return areEqual(left, right);
    }

    private boolean mergesWithEmpty(Object record) throws Exception {
        Object alone = fold.begin(copy(record), false);
        Object before =
                fold.merge(fold.begin(copy(record), false), fold.aggregate().createAccumulator());
        Object behind =
                fold.merge(fold.aggregate().createAccumulator(), fold.begin(copy(record), false));
        return areEqual(alone, before) && areEqual(alone, behind);
    }

    private Object copy(Object record) {
        return records == null || record == null ? record : records.copy(record);
    }

    private boolean areEqual(Object a, Object b) {
        return a != null && b != null && Arrays.equals(bytes(a), bytes(b));
    }

    private byte[] bytes(Object value) {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        out.attach(WriterStructures.selfDescribing());
        fold.values().write(value, out);
        return Arrays.copyOf(out.array(), out.size());
    }
}
