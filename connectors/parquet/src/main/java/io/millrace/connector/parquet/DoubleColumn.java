package io.millrace.connector.parquet;

import java.util.function.DoubleFunction;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/** A column of floating-point numbers of 64 bits. Confined to its task. */
final class DoubleColumn extends FlatColumn {
    final double[] values = new double[BATCH_ROWS];
    private final DoubleFunction<?> boxed;
    private double[] dictionary = {};

    /**
     * @param boxed a value as a program has it
     */
    DoubleColumn(
            ColumnDescriptor descriptor, String createdBy, String where, DoubleFunction<?> boxed) {
        super(descriptor, createdBy, where);
        this.boxed = boxed;
    }

    @Override
    int dictionary(byte[] bytes, int length, int entries) {
        requireBytes(0, 8L * entries, length);
        dictionary = new double[entries];
        return decode(bytes, 0, dictionary, 0, entries);
    }

    @Override
    int plain(byte[] bytes, int position, int length, int from, int count) {
        requireBytes(position, 8L * count, length);
        return decode(bytes, position, values, from, count);
    }

    private static int decode(byte[] bytes, int position, double[] target, int from, int count) {
        int at = position;
        for (int i = from; i < from + count; i++, at += 8) {
            target[i] = Double.longBitsToDouble(LittleEndian.longAt(bytes, at));
        }
        return at;
    }

    @Override
    void lookUp(int[] dictionaryPositions, int from, int count) {
        double[] entries = dictionary;
        for (int i = 0; i < count; i++) {
            values[from + i] = entries[dictionaryPositions[i]];
        }
    }

    @Override
    void other(ValuesReader reader, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] = reader.readDouble();
        }
    }

    @Override
    void move(int from, int to) {
        values[to] = values[from];
    }

    @Override
    Object value(int row) {
        return absent[row] ? null : boxed.apply(values[row]);
    }
}
