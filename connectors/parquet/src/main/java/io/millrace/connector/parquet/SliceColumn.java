package io.millrace.connector.parquet;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/** A column of bytes of which no objects are made: they lie one behind the other. Confined. */
final class SliceColumn extends FlatColumn {
    private static final int LENGTH_BYTES = 4;

    /** Of the batch; replaced when it becomes too small. */
    byte[] bytes = {};

    /** Where each row's value begins, and its length. */
    final int[] begins = new int[BATCH_ROWS];

    final int[] lengths = new int[BATCH_ROWS];

    /** Of each value, or -1 if each has its length in front. */
    private final int fixedLength;

    private byte[] dictionaryBytes = {};
    private int[] dictionaryBegins = {};
    private int[] dictionaryLengths = {};
    private int used;

    /**
     * @param fixedLength bytes of each value, or -1 if they have a length each
     */
    SliceColumn(ColumnDescriptor descriptor, String createdBy, String where, int fixedLength) {
        super(descriptor, createdBy, where);
        this.fixedLength = fixedLength;
    }

    @Override
    void beginBatch() {
        used = 0;
    }

    @Override
    int dictionary(byte[] source, int length, int entries) {
        requireBytes(0, entries * (long) Math.max(fixedLength, fixedLength < 0 ? 4 : 0), length);
        dictionaryBytes = Codecs.part(source, 0, length);
        dictionaryBegins = new int[entries];
        dictionaryLengths = new int[entries];
        int at = 0;
        for (int i = 0; i < entries; i++) {
            int size = lengthAt(source, at, length);
            at += fixedLength < 0 ? LENGTH_BYTES : 0;
            dictionaryBegins[i] = at;
            dictionaryLengths[i] = size;
            at += size;
        }
        return at;
    }

    private int lengthAt(byte[] source, int at, int end) {
        if (fixedLength >= 0) {
            requireBytes(at, fixedLength, end);
            return fixedLength;
        }
        requireBytes(at, LENGTH_BYTES, end);
        int length = LittleEndian.intAt(source, at);
        requireBytes(at + LENGTH_BYTES, length, end);
        return length;
    }

    /** The values are copied with the lengths between them. */
    @Override
    int plain(byte[] source, int position, int length, int from, int count) {
        int moved = used - position;
        int at = position;
        for (int i = from; i < from + count; i++) {
            int size = lengthAt(source, at, length);
            at += fixedLength < 0 ? LENGTH_BYTES : 0;
            begins[i] = at + moved;
            lengths[i] = size;
            at += size;
        }
        copy(source, position, at - position);
        return at;
    }

    private void copy(byte[] source, int from, int length) {
        if (length > bytes.length - used) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(used, length), 2 * used));
        }
        System.arraycopy(source, from, bytes, used, length);
        used += length;
    }

    @Override
    void lookUp(int[] dictionaryPositions, int from, int count) {
        for (int i = 0; i < count; i++) {
            int id = dictionaryPositions[i];
            begins[from + i] = used;
            lengths[from + i] = dictionaryLengths[id];
            copy(dictionaryBytes, dictionaryBegins[id], dictionaryLengths[id]);
        }
    }

    @Override
    void other(ValuesReader reader, int from, int count) {
        for (int i = from; i < from + count; i++) {
            byte[] value = reader.readBytes().getBytesUnsafe();
            begins[i] = used;
            lengths[i] = value.length;
            copy(value, 0, value.length);
        }
    }

    @Override
    void move(int from, int to) {
        begins[to] = begins[from];
        lengths[to] = lengths[from];
    }

    @Override
    Object value(int row) {
        return absent[row]
                ? null
                : Arrays.copyOfRange(bytes, begins[row], begins[row] + lengths[row]);
    }
}
