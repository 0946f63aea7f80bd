package io.millrace.savepoint;

import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.PlainStructures;

/**
 * A leaf of a row group that takes the values of many rows at a time, where a {@link RowScan} has
 * found them. Confined.
 */
abstract class FlatLeaf {
    /** Adds the values of the rows that were found; what is not exact is marked. */
    abstract void add(byte[] bytes, int end, int rows, boolean[] inexact);

    /** Numbers of one, two or four bytes. */
    static FlatLeaf ints(
            LeafColumn leaf, int definition, RowScan scan, RowScan.Slot at, int width) {
        return new FlatLeaf() {
            private final int[] places = scan.places(at.number());

            @Override
            void add(byte[] bytes, int end, int rows, boolean[] inexact) {
                leaf.addInts(definition, bytes, places, at.shift(), width, rows);
            }
        };
    }

    static FlatLeaf longs(LeafColumn leaf, int definition, RowScan scan, RowScan.Slot at) {
        return new FlatLeaf() {
            private final int[] places = scan.places(at.number());

            @Override
            void add(byte[] bytes, int end, int rows, boolean[] inexact) {
                leaf.addLongs(definition, bytes, places, at.shift(), rows);
            }
        };
    }

    static FlatLeaf booleans(LeafColumn leaf, int definition, RowScan scan, RowScan.Slot at) {
        return new FlatLeaf() {
            private final int[] places = scan.places(at.number());

            @Override
            void add(byte[] bytes, int end, int rows, boolean[] inexact) {
                leaf.addBooleans(definition, bytes, places, at.shift(), rows);
            }
        };
    }

    /**
     * Texts and bytes.
     *
     * @param names where they lie; null for the unit's bytes
     */
    static FlatLeaf bytes(LeafColumn leaf, int definition, RowScan scan, int slot, byte[] names) {
        return new FlatLeaf() {
            private final int[] places = scan.places(slot);
            private final int[] lengths = scan.lengths(slot);

            @Override
            void add(byte[] bytes, int end, int rows, boolean[] inexact) {
                leaf.addBytes(definition, names == null ? bytes : names, places, lengths, rows);
            }
        };
    }

    /** No value ever, in a group that may be absent. */
    static FlatLeaf nulls(LeafColumn leaf, int definition, RowScan scan, int slot) {
        return new FlatLeaf() {
            private final int[] places = scan.places(slot);

            @Override
            void add(byte[] bytes, int end, int rows, boolean[] inexact) {
                leaf.addNulls(definition, places, rows);
            }
        };
    }

    /**
     * Values that are converted one by one.
     *
     * @param output of the column
     * @param row what the output reports to
     */
    static FlatLeaf moved(ColumnOutput output, RowOutput row, RowScan scan, RowScan.Slot at) {
        return new FlatLeaf() {
            private final int[] places = scan.places(at.number());
            private final PlainStructures none = new PlainStructures();
            private final BinaryReader in = new BinaryReader(new byte[0]);

            @Override
            void add(byte[] bytes, int end, int rows, boolean[] inexact) {
                for (int i = 0; i < rows; i++) {
                    int place = places[i];
                    if (place < 0) {
                        output.absent(0, ~place);
                        continue;
                    }
                    int begin = place + at.shift();
                    in.reset(bytes, begin, end - begin);
                    row.begin(none);
                    output.move(in, 0);
                    inexact[i] |= !row.isExact();
                }
            }
        };
    }
}
