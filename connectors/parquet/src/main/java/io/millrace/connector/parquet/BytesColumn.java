package io.millrace.connector.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/** A column of texts or bytes, which become what programs have at once. Confined to its task. */
/* An entry of a dictionary becomes an object once, the first time that it is used. */
final class BytesColumn extends FlatColumn {
    private static final int LENGTH_BYTES = 4;

    /** A value as a program has it. Pure. */
    interface Conversion {
        /** The bytes belong to the caller. */
        Object of(byte[] bytes, int from, int length);
    }

    final Object[] values = new Object[BATCH_ROWS];
    private final Conversion conversion;

    /** Whether the program may change a value, so that each row needs its own. */
    private final boolean mutable;

    /** Of each value, or -1 if each has its length in front. */
    private final int fixedLength;

    private byte[] dictionaryBytes = {};
    private int[] dictionaryAt = {};
    private int[] dictionaryLength = {};
    private Object[] dictionary = {};

    /**
     * @param fixedLength bytes of each value, or -1 if they have a length each
     */
    BytesColumn(
            ColumnDescriptor descriptor,
            String createdBy,
            String where,
            int fixedLength,
            boolean mutable,
            Conversion conversion) {
        super(descriptor, createdBy, where);
        this.fixedLength = fixedLength;
        this.mutable = mutable;
        this.conversion = conversion;
    }

    @Override
    int dictionary(byte[] bytes, int length, int entries) {
        requireBytes(0, entries * (long) Math.max(fixedLength, fixedLength < 0 ? 4 : 0), length);
        dictionaryBytes = Codecs.part(bytes, 0, length);
        dictionary = new Object[entries];
        dictionaryAt = new int[entries];
        dictionaryLength = new int[entries];
        int at = 0;
        for (int i = 0; i < entries; i++) {
            int size = lengthAt(bytes, at, length);
            at += fixedLength < 0 ? LENGTH_BYTES : 0;
            dictionaryAt[i] = at;
            dictionaryLength[i] = size;
            at += size;
        }
        return at;
    }

    private int lengthAt(byte[] bytes, int at, int end) {
        if (fixedLength >= 0) {
            requireBytes(at, fixedLength, end);
            return fixedLength;
        }
        requireBytes(at, LENGTH_BYTES, end);
        int length = LittleEndian.intAt(bytes, at);
        requireBytes(at + LENGTH_BYTES, length, end);
        return length;
    }

    @Override
    int plain(byte[] bytes, int position, int length, int from, int count) {
        int at = position;
        for (int i = from; i < from + count; i++) {
            int size = lengthAt(bytes, at, length);
            at += fixedLength < 0 ? LENGTH_BYTES : 0;
            values[i] = conversion.of(bytes, at, size);
            at += size;
        }
        return at;
    }

    @Override
    void lookUp(int[] dictionaryPositions, int from, int count) {
        for (int i = 0; i < count; i++) {
            values[from + i] = entry(dictionaryPositions[i]);
        }
    }

    private Object entry(int id) {
        Object known = dictionary[id];
        if (known != null) {
            return known;
        }
        Object made = conversion.of(dictionaryBytes, dictionaryAt[id], dictionaryLength[id]);
        if (!mutable) {
            dictionary[id] = made;
        }
        return made;
    }

    @Override
    void other(ValuesReader reader, int from, int count) {
        for (int i = from; i < from + count; i++) {
            Binary value = reader.readBytes();
            byte[] bytes = value.getBytesUnsafe();
            values[i] = conversion.of(bytes, 0, bytes.length);
        }
    }

    @Override
    void move(int from, int to) {
        values[to] = values[from];
    }

    @Override
    Object value(int row) {
        return absent[row] ? null : values[row];
    }
}
