package io.millrace.api.type;

import io.millrace.api.serialization.CompositeTypeComparator;
import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.MemorySegment;
import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Orders records by some of their fields, the first one first. Confined to its user. */
@SuppressWarnings({"rawtypes", "unchecked"}) // comparators are of the fields' types
final class FieldsComparator<T> extends CompositeTypeComparator<T> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;
    private final FieldReader reader;
    private final int[] fields;
    private final TypeComparator[] comparators;
    private transient TypeSerializer<T> serializer;
    private transient Object[] reference;

    private FieldsComparator(
            TypeInformation<T> type,
            FieldReader reader,
            int[] fields,
            TypeComparator[] comparators) {
        this.type = type;
        this.reader = reader;
        this.fields = fields;
        this.comparators = comparators;
    }

    /** Collects fields and their comparators. */
    static final class Builder<T> implements CompositeType.TypeComparatorBuilder<T> {
        private final TypeInformation<T> type;
        private final FieldReader reader;
        private final List<Integer> fields = new ArrayList<>();
        private final List<TypeComparator<?>> comparators = new ArrayList<>();

        Builder(TypeInformation<T> type, FieldReader reader) {
            this.type = type;
            this.reader = reader;
        }

        @Override
        public void initializeTypeComparatorBuilder(int size) {
            fields.clear();
            comparators.clear();
        }

        @Override
        public void addComparatorField(int fieldId, TypeComparator<?> comparator) {
            fields.add(fieldId);
            comparators.add(comparator);
        }

        @Override
        public TypeComparator<T> createTypeComparator(ExecutionConfig config) {
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("A comparator of " + type + " needs a field.");
            }
            return new FieldsComparator<>(
                    type,
                    reader,
                    fields.stream().mapToInt(Integer::intValue).toArray(),
                    comparators.toArray(new TypeComparator[0]));
        }
    }

    private TypeSerializer<T> serializer() {
        if (serializer == null) {
            serializer = type.createSerializer(new SerializerSettings());
        }
        return serializer;
    }

    private Object key(Object record, int index) {
        Object key = reader.get(record, fields[index]);
        if (key == null && !reader.allowsNull()) {
            throw new NullKeyFieldException(fields[index]);
        }
        return key;
    }

    @Override
    public int hash(T record) {
        int hash = 1;
        for (int i = 0; i < fields.length; i++) {
            Object key = key(record, i);
            hash = 31 * hash + (key == null ? 0 : comparators[i].hash(key));
        }
        return hash;
    }

    @Override
    public void setReference(T toCompare) {
        Object[] keys = new Object[fields.length];
        T kept = serializer().copy(toCompare);
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(kept, i);
        }
        reference = keys;
    }

    @Override
    public boolean equalToReference(T candidate) {
        for (int i = 0; i < fields.length; i++) {
            if (compare(i, reference[i], key(candidate, i)) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareToReference(TypeComparator<T> referencedComparator) {
        Object[] other = ((FieldsComparator<T>) referencedComparator).reference;
        int order = 0;
        for (int i = 0; i < fields.length && order == 0; i++) {
            order = compare(i, other[i], reference[i]);
        }
        return order;
    }

    @Override
    public int compare(T first, T second) {
        int order = 0;
        for (int i = 0; i < fields.length && order == 0; i++) {
            order = compare(i, key(first, i), key(second, i));
        }
        return order;
    }

    private int compare(int index, Object first, Object second) {
        if (first == null || second == null) {
            int order = first == second ? 0 : first == null ? -1 : 1;
            return comparators[index].invertNormalizedKey() ? -order : order;
        }
        return comparators[index].compare(first, second);
    }

    @Override
    public int compareSerialized(DataInputView firstSource, DataInputView secondSource)
            throws IOException {
        return compare(
                serializer().deserialize(firstSource), serializer().deserialize(secondSource));
    }

    /** Those of the first field, where it has some and null is no key. */
    @Override
    public boolean supportsNormalizedKey() {
        return !reader.allowsNull() && comparators[0].supportsNormalizedKey();
    }

    @Override
    public boolean supportsSerializationWithKeyNormalization() {
        return false;
    }

    @Override
    public int getNormalizeKeyLen() {
        return supportsNormalizedKey() ? comparators[0].getNormalizeKeyLen() : 0;
    }

    @Override
    public boolean isNormalizedKeyPrefixOnly(int keyBytes) {
        return fields.length > 1
                || !supportsNormalizedKey()
                || comparators[0].isNormalizedKeyPrefixOnly(keyBytes);
    }

    @Override
    public void putNormalizedKey(T record, MemorySegment target, int offset, int numBytes) {
        comparators[0].putNormalizedKey(key(record, 0), target, offset, numBytes);
    }

    @Override
    public void writeWithKeyNormalization(T record, DataOutputView target) {
        throw new UnsupportedOperationException(
                "Records are written by their serializer, not by normalised keys.");
    }

    @Override
    public T readWithKeyDenormalization(T reuse, DataInputView source) {
        throw new UnsupportedOperationException(
                "Records are read by their serializer, not from normalised keys.");
    }

    @Override
    public boolean invertNormalizedKey() {
        return comparators[0].invertNormalizedKey();
    }

    @Override
    public TypeComparator<T> duplicate() {
        TypeComparator[] copies = new TypeComparator[comparators.length];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = comparators[i].duplicate();
        }
        return new FieldsComparator<>(type, reader, fields, copies);
    }

    @Override
    public int extractKeys(Object record, Object[] target, int index) {
        int count = 0;
        for (int i = 0; i < fields.length; i++) {
            Object field = reader.get(record, fields[i]);
            if (field == null) {
                for (int j = 0; j < comparators[i].getFlatComparators().length; j++) {
                    target[index + count++] = null;
                }
            } else {
                count += comparators[i].extractKeys(field, target, index + count);
            }
        }
        return count;
    }

    @Override
    public void getFlatComparator(List<TypeComparator> flatComparators) {
        for (TypeComparator one : comparators) {
            if (one instanceof CompositeTypeComparator composite) {
                composite.getFlatComparator(flatComparators);
            } else {
                flatComparators.add(one);
            }
        }
    }
}
