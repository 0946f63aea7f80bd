package io.millrace.savepoint;

import io.millrace.connector.parquet.LeafBatches;
import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Values that only the engine, or only the program, can read: their bytes. Immutable.
 *
 * @param values null if a value is its bytes
 */
final class OpaqueColumn extends Column {
    private final PlainValues values;

    OpaqueColumn(PlainValues values) {
        this.values = values;
    }

    @Override
    Type type(String name, Type.Repetition repetition) {
        return Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
    }

    @Override
    ColumnOutput output(Place place) {
        return new Output(place);
    }

    private final class Output extends ColumnOutput {
        private final RowOutput row;
        private final LeafColumn leaf;
        private final int definition;

        Output(Place place) {
            this.row = place.row();
            this.leaf = place.leaves().next();
            this.definition = place.definition();
        }

        @Override
        void write(Object value, int repetition) {
            byte[] bytes = values == null ? (byte[]) value : values.toBytes(value);
            leaf.addBytes(repetition, definition, bytes, 0, bytes.length);
        }

        @Override
        void move(BinaryReader in, int repetition) {
            if (values == null) {
                moveBytes(in, repetition);
                return;
            }
            // What was described before is described anew in the column.
            Object value = values.read(in, row.structures());
            if (value == null) {
                absent(repetition, definition - 1);
            } else {
                write(value, repetition);
            }
        }

        /** As a program's own serializer has written them. */
        private void moveBytes(BinaryReader in, int repetition) {
            int length = in.readInt();
            if (length < 0 || length > in.remaining()) {
                throw new CorruptDataException(
                        "length " + length + " with " + in.remaining() + " bytes left");
            }
            leaf.addBytes(repetition, definition, in.array(), in.position(), length);
            in.skip(length);
        }

        @Override
        void absent(int repetition, int around) {
            leaf.addNull(repetition, around);
        }
    }

    @Override
    ColumnInput input(ColumnInput.From from) {
        return new Input(from.leaves().next(), from.definition());
    }

    private final class Input extends ColumnInput {
        private final LeafBatches.Leaf leaf;
        private final int definition;

        Input(LeafBatches.Leaf leaf, int definition) {
            this.leaf = leaf;
            this.definition = definition;
        }

        @Override
        boolean isThere(int row) {
            return leaf.definition(row) == definition;
        }

        @Override
        void copy(int row, BinaryWriter out, PlainStructures structures) {
            int begin = leaf.begin(row);
            int length = leaf.length(row);
            if (values == null) {
                out.writeInt(length);
                out.writeBytes(leaf.bytes(), begin, length);
            } else {
                byte[] bytes = Arrays.copyOfRange(leaf.bytes(), begin, begin + length);
                values.write(values.fromBytes(bytes), out, structures);
            }
        }
    }

    @Override
    Converter converter(Sink sink) {
        return new PrimitiveConverter() {
            @Override
            public void addBinary(Binary value) {
                byte[] bytes = value.getBytes();
                sink.set(values == null ? bytes : values.fromBytes(bytes));
            }
        };
    }
}
