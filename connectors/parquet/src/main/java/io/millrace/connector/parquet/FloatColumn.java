package io.millrace.connector.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/** A column of floating-point numbers of 32 bits. Confined to its task. */
final class FloatColumn extends FlatColumn {
    final float[] values = new float[BATCH_ROWS];
    private float[] dictionary = {};

    private final boolean asDouble;

    /**
     * @param asDouble whether programs have them as doubles
     */
    FloatColumn(ColumnDescriptor descriptor, String createdBy, String where, boolean asDouble) {
        super(descriptor, createdBy, where);
        this.asDouble = asDouble;
    }

    @Override
    int dictionary(byte[] bytes, int length, int entries) {
        requireBytes(0, 4L * entries, length);
        dictionary = new float[entries];
        return decode(bytes, 0, dictionary, 0, entries);
    }

    @Override
    int plain(byte[] bytes, int position, int length, int from, int count) {
        requireBytes(position, 4L * count, length);
        return decode(bytes, position, values, from, count);
    }

    private static int decode(byte[] bytes, int position, float[] target, int from, int count) {
        int at = position;
        for (int i = from; i < from + count; i++, at += 4) {
            target[i] = Float.intBitsToFloat(LittleEndian.intAt(bytes, at));
        }
        return at;
    }

    @Override
    void lookUp(int[] dictionaryPositions, int from, int count) {
        float[] entries = dictionary;
        for (int i = 0; i < count; i++) {
            values[from + i] = entries[dictionaryPositions[i]];
        }
    }

    @Override
    void other(ValuesReader reader, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] = reader.readFloat();
        }
    }

    @Override
    void move(int from, int to) {
        values[to] = values[from];
    }

    @Override
    Object value(int row) {
        if (absent[row]) {
            return null;
        }
        float value = values[row];
        return asDouble ? (Object) (double) value : (Object) value;
    }
}
