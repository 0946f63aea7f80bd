package io.millrace.batch.sort;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;

/**
 * What records are sorted by: a key of each, and the order of keys. Confined to its sorter.
 *
 * @param <T> the records
 */
public final class SortOrder<T> {
    private final KeySelector<T, Object> selector;
    private final KeyNormalizer<Object> keys;

    private SortOrder(KeySelector<T, Object> selector, KeyNormalizer<Object> keys) {
        this.selector = selector;
        this.keys = keys;
    }

    /** By a key of each record. Records of equal keys stay in the order in which they came. */
    @SuppressWarnings("unchecked") // the normalizer gets what the selector gives
    public static <T, K> SortOrder<T> by(KeySelector<T, K> selector, KeyNormalizer<K> keys) {
        return new SortOrder<>(
                (KeySelector<T, Object>) selector, (KeyNormalizer<Object>) (Object) keys);
    }

    /** By the record itself. */
    public static <T> SortOrder<T> of(KeyNormalizer<T> records) {
        return by(record -> record, records);
    }

    /** Records stay as they came. */
    public static <T> SortOrder<T> none() {
        return of(new Unordered<>());
    }

    /**
     * @throws MillraceException {@code USER_CODE_FAILED} if the selector throws
     */
    Object keyOf(T record) {
        try {
            return selector.getKey(record);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED, "the sort key selector failed: " + e, e);
        }
    }

    KeyNormalizer<Object> keys() {
        return keys;
    }

    private static final class Unordered<T> extends KeyNormalizer<T> {
        @Override
        public void write(T key, KeyWriter out) {
            // All keys are equal.
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public int maxBytes() {
            return 0;
        }

        @Override
        public int compare(T one, T other) {
            return 0;
        }
    }
}
