package io.millrace.batch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of records that wait for the end of their input: by key, then by what they are to be
 * sorted by. Confined to its operator.
 */
/* Keys need no order of their own: they are ordered by hash, and different keys of one hash, which are
 * rare, by their bytes.
 */
final class PartitionOrder implements Comparator<FoldFormat.Fold> {
    private final Serializer<Object> keys;
    // Null if records stay as they came.
    private final KeySelector<Object, Object> sortKey;
    private final boolean ascending;
    private final BinaryWriter left = new BinaryWriter(64);
    private final BinaryWriter right = new BinaryWriter(64);

    PartitionOrder(
            Serializer<Object> keys, KeySelector<Object, Object> sortKey, boolean ascending) {
        this.keys = keys;
        this.sortKey = sortKey;
        this.ascending = ascending;
    }

    @Override
    public int compare(FoldFormat.Fold one, FoldFormat.Fold other) {
        if (one.keyHash() != other.keyHash()) {
            return Integer.compare(one.keyHash(), other.keyHash());
        }
        if (!one.key().equals(other.key())) {
            return compareBytes(one.key(), other.key());
        }
        if (sortKey == null) {
            return 0;
        }
        int bySortKey = compareValues(sortKeyOf(one), sortKeyOf(other));
        return ascending ? bySortKey : -Integer.signum(bySortKey);
    }

    private int compareBytes(Object one, Object other) {
        left.clear();
        right.clear();
        keys.write(one, left);
        keys.write(other, right);
        return Arrays.compare(left.array(), 0, left.size(), right.array(), 0, right.size());
    }

    private Object sortKeyOf(FoldFormat.Fold record) {
        try {
            return sortKey.getKey(record.value());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED, "the sort key selector failed: " + e, e);
        }
    }

    @SuppressWarnings("unchecked") // a class that compares with itself
    private static int compareValues(Object one, Object other) {
        if (!(one instanceof Comparable<?>) || !(other instanceof Comparable<?>)) {
            Object wrong = one instanceof Comparable<?> ? other : one;
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "sortPartition() sorts by values that have an order, not by "
                            + (wrong == null ? "null" : "a " + wrong.getClass().getTypeName())
                            + ". Select a number, a text, or another class that is Comparable.");
        }
        return ((Comparable<Object>) one).compareTo(other);
    }
}
