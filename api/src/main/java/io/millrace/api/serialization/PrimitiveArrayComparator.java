package io.millrace.api.serialization;

import java.io.IOException;
import java.lang.reflect.Array;

/**
 * Orders arrays of primitives: by the first elements that differ, then the shorter one first.
 * Confined to its user.
 *
 * @param <T> the array
 * @param <C> the comparator of its elements
 */
public class PrimitiveArrayComparator<T, C extends TypeComparator<?>> extends TypeComparator<T> {
    private static final long serialVersionUID = 1L;

    private final boolean ascending;
    private final TypeSerializer<T> serializer;
    private transient T reference;

    /**
     * @param serializer of the arrays
     */
    public PrimitiveArrayComparator(boolean ascending, TypeSerializer<T> serializer) {
        this.ascending = ascending;
        this.serializer = serializer;
    }

    @Override
    public int hash(T record) {
        int hash = 1;
        for (int i = 0; i < Array.getLength(record); i++) {
            hash = 31 * hash + Array.get(record, i).hashCode();
        }
        return hash;
    }

    @Override
    public void setReference(T toCompare) {
        reference = serializer.copy(toCompare);
    }

    @Override
    public boolean equalToReference(T candidate) {
        return compare(reference, candidate) == 0;
    }

    @Override
    @SuppressWarnings("unchecked")
    public int compareToReference(TypeComparator<T> referencedComparator) {
        return compare(
                ((PrimitiveArrayComparator<T, C>) referencedComparator).reference, reference);
    }

    @Override
    public int compare(T first, T second) {
        int length = Math.min(Array.getLength(first), Array.getLength(second));
        int order = 0;
        for (int i = 0; i < length && order == 0; i++) {
            order = compareElements(Array.get(first, i), Array.get(second, i));
        }
        if (order == 0) {
            order = Integer.compare(Array.getLength(first), Array.getLength(second));
        }
        return ascending ? order : -order;
    }

    @SuppressWarnings("unchecked") // elements of one array are of one boxed class
    private static int compareElements(Object first, Object second) {
        return ((Comparable<Object>) first).compareTo(second);
    }

    @Override
    public int compareSerialized(DataInputView firstSource, DataInputView secondSource)
            throws IOException {
        return compare(serializer.deserialize(firstSource), serializer.deserialize(secondSource));
    }

    @Override
    public boolean supportsNormalizedKey() {
        return false;
    }

    @Override
    public boolean supportsSerializationWithKeyNormalization() {
        return false;
    }

    @Override
    public int getNormalizeKeyLen() {
        return 0;
    }

    @Override
    public boolean isNormalizedKeyPrefixOnly(int keyBytes) {
        return true;
    }

    @Override
    public void putNormalizedKey(T record, MemorySegment target, int offset, int numBytes) {
        throw new UnsupportedOperationException("Arrays have no normalised keys.");
    }

    @Override
    public void writeWithKeyNormalization(T record, DataOutputView target) {
        throw new UnsupportedOperationException("Arrays have no normalised keys.");
    }

    @Override
    public T readWithKeyDenormalization(T reuse, DataInputView source) {
        throw new UnsupportedOperationException("Arrays have no normalised keys.");
    }

    @Override
    public boolean invertNormalizedKey() {
        return !ascending;
    }

    @Override
    public TypeComparator<T> duplicate() {
        return new PrimitiveArrayComparator<>(ascending, serializer.duplicate());
    }

    @Override
    public int extractKeys(Object record, Object[] target, int index) {
        target[index] = record;
        return 1;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public TypeComparator[] getFlatComparators() {
        return new TypeComparator[] {this};
    }
}
