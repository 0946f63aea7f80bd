package io.millrace.api.type;

import io.millrace.api.serialization.MemorySegment;

/** A key whose order can be seen in bytes. */
@SuppressWarnings({"deprecation", "ComparableType"}) // as older programs know it
public interface NormalizableKey<T> extends Comparable<T>, Key<T> {
    /** Bytes of the whole normalised key; {@code Integer.MAX_VALUE} if it has no limit. */
    int getMaxNormalizedKeyLen();

    /** Writes exactly {@code len} bytes whose unsigned order is the order of the keys. */
    void copyNormalizedKey(MemorySegment memory, int offset, int len);
}
