package io.millrace.connector.parquet;

import java.util.function.IntFunction;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/** A column of numbers of 32 bits. Confined to its task. */
final class IntColumn extends FlatColumn {
    final int[] values = new int[BATCH_ROWS];
    private final IntFunction<?> boxed;
    private int[] dictionary = {};

    /**
     * @param boxed a value as a program has it
     */
    IntColumn(ColumnDescriptor descriptor, String createdBy, String where, IntFunction<?> boxed) {
        super(descriptor, createdBy, where);
        this.boxed = boxed;
    }

    @Override
    int dictionary(byte[] bytes, int length, int entries) {
        requireBytes(0, 4L * entries, length);
        dictionary = new int[entries];
        return decode(bytes, 0, dictionary, 0, entries);
    }

    @Override
    int plain(byte[] bytes, int position, int length, int from, int count) {
        requireBytes(position, 4L * count, length);
        return decode(bytes, position, values, from, count);
    }

    private static int decode(byte[] bytes, int position, int[] target, int from, int count) {
        int at = position;
        for (int i = from; i < from + count; i++, at += 4) {
            target[i] = LittleEndian.intAt(bytes, at);
        }
        return at;
    }

    @Override
    void lookUp(int[] dictionaryPositions, int from, int count) {
        int[] entries = dictionary;
        for (int i = 0; i < count; i++) {
            values[from + i] = entries[dictionaryPositions[i]];
        }
    }

    @Override
    void other(ValuesReader reader, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] = reader.readInteger();
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
