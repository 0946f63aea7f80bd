package io.millrace.connector.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/** A column of truth values, plain ones of a bit each. Confined to its task. */
final class BooleanColumn extends FlatColumn {
    final boolean[] values = new boolean[BATCH_ROWS];

    /** Plain values of the page that have been decoded. */
    private int bit;

    BooleanColumn(ColumnDescriptor descriptor, String createdBy, String where) {
        super(descriptor, createdBy, where);
    }

    @Override
    boolean hasBitRuns() {
        return true;
    }

    @Override
    void beginPlain() {
        bit = 0;
    }

    @Override
    int plainEnd(int position) {
        return position + (bit + 7) / 8;
    }

    @Override
    int plain(byte[] bytes, int position, int length, int from, int count) {
        requireBytes(position, (bit + (long) count + 7) / 8, length);
        for (int i = from; i < from + count; i++, bit++) {
            values[i] = (bytes[position + (bit >>> 3)] >>> (bit & 7) & 1) != 0;
        }
        return position;
    }

    @Override
    int dictionary(byte[] bytes, int length, int entries) {
        throw new IllegalStateException("a dictionary of truth values");
    }

    @Override
    void lookUp(int[] dictionaryPositions, int from, int count) {
        throw new IllegalStateException("a dictionary of truth values");
    }

    @Override
    void bits(int[] numbers, int from, int count) {
        for (int i = 0; i < count; i++) {
            values[from + i] = numbers[i] != 0;
        }
    }

    @Override
    void other(ValuesReader reader, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] = reader.readBoolean();
        }
    }

    @Override
    void move(int from, int to) {
        values[to] = values[from];
    }

    @Override
    Object value(int row) {
        return absent[row] ? null : (Object) values[row];
    }
}
