package io.millrace.savepoint;

import io.millrace.connector.parquet.LeafBatches;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Written;
import org.apache.parquet.io.api.Binary;

/** The one leaf of a scalar that is read. Confined. */
final class ScalarInput extends ColumnInput {
    private static final long MICROS = 1_000_000; // of a second
    private static final long MICROS_OF_MILLI = 1000;
    private static final int NANOS_OF_MICRO = 1000;
    private static final long DAY_MICROS = 86_400 * MICROS;

    private final Scalar scalar;
    private final ScalarColumn column;
    private final LeafBatches.Leaf leaf;
    private final int definition;
    private final PlainValues trees;

    ScalarInput(Scalar scalar, ScalarColumn column, From from) {
        this.scalar = scalar;
        this.column = column;
        this.leaf = from.leaves().next();
        this.definition = from.definition();
        this.trees = PlainValues.of(new Written.ScalarOf(scalar));
    }

    LeafBatches.Leaf leaf() {
        return leaf;
    }

    @Override
    boolean isThere(int row) {
        return leaf.definition(row) == definition;
    }

    @Override
    void copy(int row, BinaryWriter out, PlainStructures structures) {
        switch (scalar) {
            case BOOLEAN -> out.writeBoolean(leaf.booleanAt(row));
            case BYTE -> out.writeByte(leaf.intAt(row));
            case SHORT -> out.writeShort(leaf.intAt(row));
            case INT -> out.writeInt(leaf.intAt(row));
            case LOCAL_DATE -> out.writeLong(leaf.intAt(row));
            case LONG, DATE, SQL_DATE, SQL_TIME -> out.writeLong(leaf.longAt(row));
            case FLOAT -> out.writeFloat(leaf.floatAt(row));
            case DOUBLE -> out.writeDouble(leaf.doubleAt(row));
            case STRING, BYTES -> {
                out.writeVarInt(leaf.length(row));
                out.writeBytes(leaf.bytes(), leaf.begin(row), leaf.length(row));
            }
            case INSTANT -> {
                out.writeLong(Math.floorDiv(leaf.longAt(row), MICROS));
                out.writeInt(nanos(leaf.longAt(row)));
            }
            case SQL_TIMESTAMP -> {
                out.writeLong(Math.floorDiv(leaf.longAt(row), MICROS_OF_MILLI));
                out.writeInt(nanos(leaf.longAt(row)));
            }
            case LOCAL_DATE_TIME -> {
                out.writeLong(Math.floorDiv(leaf.longAt(row), DAY_MICROS));
                out.writeLong(Math.floorMod(leaf.longAt(row), DAY_MICROS) * NANOS_OF_MICRO);
            }
            default -> copyTree(row, out, structures);
        }
    }

    private static int nanos(long micros) {
        return (int) Math.floorMod(micros, MICROS) * NANOS_OF_MICRO;
    }

    private void copyTree(int row, BinaryWriter out, PlainStructures structures) {
        Object tree =
                scalar == Scalar.YEAR
                        ? column.ofInt(leaf.intAt(row))
                        : column.ofBinary(
                                Binary.fromReusedByteArray(
                                        leaf.bytes(), leaf.begin(row), leaf.length(row)));
        if (tree == null) {
            throw new CorruptDataException("a text that is no value of " + scalar);
        }
        trees.write(tree, out, structures);
    }
}
