package io.millrace.batch.sort;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.serde.Serializers;

/** The order of the keys of a sort, which are never null. Has state: confined to its operator. */
public final class SortKeys extends KeyNormalizer<Object> {
    private final KeyNormalizer<Object> order;

    private SortKeys(KeyNormalizer<Object> order) {
        this.order = order;
    }

    /**
     * @param typeOrNull null if it is found from the keys, as also where all that is known of a
     *     type tells no order
     */
    public static KeyNormalizer<Object> of(
            TypeInformation<?> typeOrNull, boolean ascending, ClassLoader userLoader) {
        KeyNormalizer<Object> known =
                typeOrNull == null
                        ? null
                        : KeyNormalizers.find(Serializers.of(typeOrNull, userLoader).schema());
        KeyNormalizer<Object> order = known == null ? KeyNormalizers.ofValues() : known;
        return new SortKeys(ascending ? order : order.descending());
    }

    /**
     * @throws MillraceException {@code USER_CODE_FAILED} for null
     */
    public static Object requireKey(Object key) {
        if (key == null) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "the key selector of a sort returned null. Filter such records out before, or"
                            + " give them a key of their own.");
        }
        return key;
    }

    @Override
    public void write(Object key, KeyWriter out) {
        order.write(requireKey(key), out);
    }

    @Override
    public boolean exact() {
        return order.exact();
    }

    @Override
    public int maxBytes() {
        return order.maxBytes();
    }

    @Override
    public int compare(Object one, Object other) {
        return order.compare(one, other);
    }
}
