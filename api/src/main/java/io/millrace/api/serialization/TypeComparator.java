package io.millrace.api.serialization;

import java.io.IOException;
import java.io.Serializable;

/**
 * Orders and hashes values of one type, also as bytes. Has state, the reference: confined to its
 * user, who {@link #duplicate}s it for others.
 *
 * @param <T> the type
 */
public abstract class TypeComparator<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A hash that equal values share in every process. */
    public abstract int hash(T record);

    /** Remembers a value, to which others are compared. */
    public abstract void setReference(T toCompare);

    public abstract boolean equalToReference(T candidate);

    /**
     * The order of {@code referencedComparator}'s reference beside this one's: negative if it comes
     * first.
     */
    public abstract int compareToReference(TypeComparator<T> referencedComparator);

    /** Whether {@link #compareAgainstReference} works. */
    public boolean supportsCompareAgainstReference() {
        return false;
    }

    public abstract int compare(T first, T second);

    /** Compares two values as their serializer wrote them, and reads both. */
    public abstract int compareSerialized(DataInputView firstSource, DataInputView secondSource)
            throws IOException;

    /** Whether {@link #putNormalizedKey} works. */
    public abstract boolean supportsNormalizedKey();

    /** Whether values can be read back from their normalised keys. */
    public abstract boolean supportsSerializationWithKeyNormalization();

    /** Bytes of a normalised key; {@code Integer.MAX_VALUE} if they have no limit. */
    public abstract int getNormalizeKeyLen();

    /** Whether values with equal keys of so many bytes may differ. */
    public abstract boolean isNormalizedKeyPrefixOnly(int keyBytes);

    /**
     * Writes exactly {@code numBytes} bytes whose unsigned order is the order of the values, or its
     * opposite if {@link #invertNormalizedKey}.
     */
    public abstract void putNormalizedKey(T record, MemorySegment target, int offset, int numBytes);

    /**
     * @throws UnsupportedOperationException unless {@link
     *     #supportsSerializationWithKeyNormalization}
     */
    public abstract void writeWithKeyNormalization(T record, DataOutputView target)
            throws IOException;

    /**
     * @throws UnsupportedOperationException unless {@link
     *     #supportsSerializationWithKeyNormalization}
     */
    public abstract T readWithKeyDenormalization(T reuse, DataInputView source) throws IOException;

    /** Whether normalised keys are in the opposite order. */
    public abstract boolean invertNormalizedKey();

    /** One for another user. */
    public abstract TypeComparator<T> duplicate();

    /**
     * Puts the keys of a value into an array.
     *
     * @return how many they are
     */
    public abstract int extractKeys(Object record, Object[] target, int index);

    /** One for each key that {@link #extractKeys} gives. */
    @SuppressWarnings("rawtypes") // the signature that programs call
    public abstract TypeComparator[] getFlatComparators();

    /**
     * @throws UnsupportedOperationException unless {@link #supportsCompareAgainstReference}
     */
    @SuppressWarnings("rawtypes") // the signature that programs call
    public int compareAgainstReference(Comparable[] keys) {
        throw new UnsupportedOperationException(
                getClass().getName() + " does not compare single keys to its reference.");
    }
}
