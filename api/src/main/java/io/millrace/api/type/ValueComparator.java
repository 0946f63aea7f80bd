package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.MemorySegment;
import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.serialization.TypeSerializer;
import java.io.IOException;

/**
 * Orders single values by their natural order. Whole numbers, booleans, chars and dates have
 * normalised keys: the number, big endian, with the sign turned over. Confined to its user.
 */
final class ValueComparator<T> extends TypeComparator<T> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;
    private final boolean ascending;
    private final int keyBytes;
    private transient TypeSerializer<T> serializer;
    private transient T reference;

    ValueComparator(TypeInformation<T> type, boolean ascending) {
        this.type = type;
        this.ascending = ascending;
        this.keyBytes = keyBytes(type.getTypeClass());
    }

    private static int keyBytes(Class<?> type) {
        if (type == Boolean.class || type == Byte.class) {
            return 1;
        }
        if (type == Short.class || type == Character.class) {
            return 2;
        }
        if (type == Integer.class) {
            return 4;
        }
        boolean date =
                type == java.util.Date.class
                        || type == java.sql.Date.class
                        || type == java.sql.Time.class;
        return type == Long.class || date ? 8 : 0;
    }

    private TypeSerializer<T> serializer() {
        if (serializer == null) {
            serializer =
                    type.createSerializer(new io.millrace.api.serialization.SerializerSettings());
        }
        return serializer;
    }

    /** As the engine hashes keys: an enum by its name, since its own hash differs everywhere. */
    @Override
    public int hash(T record) {
        return record instanceof Enum<?> constant ? constant.name().hashCode() : record.hashCode();
    }

    @Override
    public void setReference(T toCompare) {
        boolean mayChange = type.kind() != TypeKind.ENUM && toCompare instanceof java.util.Date;
        boolean known = type.kind() == TypeKind.BASIC || type.kind() == TypeKind.ENUM;
        reference = mayChange || !known ? serializer().copy(toCompare) : toCompare;
    }

    @Override
    public boolean equalToReference(T candidate) {
        return compare(reference, candidate) == 0;
    }

    @Override
    public int compareToReference(TypeComparator<T> referencedComparator) {
        return compare(((ValueComparator<T>) referencedComparator).reference, reference);
    }

    @Override
    @SuppressWarnings("unchecked") // only comparable types get this comparator
    public int compare(T first, T second) {
        int order = ((Comparable<T>) first).compareTo(second);
        return ascending ? order : -Integer.signum(order);
    }

    @Override
    public int compareSerialized(DataInputView firstSource, DataInputView secondSource)
            throws IOException {
        return compare(
                serializer().deserialize(firstSource), serializer().deserialize(secondSource));
    }

    @Override
    public boolean supportsNormalizedKey() {
        return keyBytes > 0;
    }

    @Override
    public boolean supportsSerializationWithKeyNormalization() {
        return false;
    }

    @Override
    public int getNormalizeKeyLen() {
        return keyBytes;
    }

    @Override
    public boolean isNormalizedKeyPrefixOnly(int bytes) {
        return bytes < keyBytes || keyBytes == 0;
    }

    @Override
    public void putNormalizedKey(T record, MemorySegment target, int offset, int numBytes) {
        if (keyBytes == 0) {
            throw new UnsupportedOperationException(type + " has no normalised keys.");
        }
        NormalizedNumbers.put(number(record), keyBytes, target, offset, numBytes);
    }

    /** The value as a number whose unsigned order is the order of values, in the lowest bytes. */
    private long number(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Character character) {
            return character;
        }
        long number =
                value instanceof java.util.Date date
                        ? date.getTime()
                        : ((Number) value).longValue();
        return number ^ 1L << 8 * keyBytes - 1;
    }

    @Override
    public void writeWithKeyNormalization(T record, DataOutputView target) {
        throw new UnsupportedOperationException(
                "Values are written by their serializer, not by normalised keys.");
    }

    @Override
    public T readWithKeyDenormalization(T reuse, DataInputView source) {
        throw new UnsupportedOperationException(
                "Values are read by their serializer, not from normalised keys.");
    }

    @Override
    public boolean invertNormalizedKey() {
        return !ascending;
    }

    @Override
    public TypeComparator<T> duplicate() {
        return new ValueComparator<>(type, ascending);
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
