package io.millrace.savepoint;

import io.millrace.connector.parquet.LeafBatches;
import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** One of a few names. Immutable. */
final class EnumColumn extends Column {
    private final List<String> names;

    /**
     * @param names as they are numbered where values are written
     */
    EnumColumn(List<String> names) {
        this.names = List.copyOf(names);
    }

    @Override
    Type type(String name, Type.Repetition repetition) {
        return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                .as(LogicalTypeAnnotation.enumType())
                .named(name);
    }

    @Override
    ColumnOutput output(Place place) {
        return new Output(place.leaves().next(), place.definition());
    }

    private final class Output extends ColumnOutput {
        private final LeafColumn leaf;
        private final int definition;
        private final byte[][] inOrder = new byte[names.size()][];
        private final Map<String, byte[]> byName = new HashMap<>();

        Output(LeafColumn leaf, int definition) {
            this.leaf = leaf;
            this.definition = definition;
            for (int i = 0; i < inOrder.length; i++) {
                inOrder[i] = names.get(i).getBytes(StandardCharsets.UTF_8);
                byName.put(names.get(i), inOrder[i]);
            }
        }

        @Override
        void write(Object value, int repetition) {
            byte[] name = byName.get((String) value);
            leaf.addBytes(repetition, definition, name, 0, name.length);
        }

        @Override
        void move(BinaryReader in, int repetition) {
            int index = in.readVarInt();
            if (index < 0 || index >= inOrder.length) {
                throw new CorruptDataException(
                        "constant " + index + " of " + names + " at " + in.position());
            }
            leaf.addBytes(repetition, definition, inOrder[index], 0, inOrder[index].length);
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

    /** Gives the names their numbers back. */
    final class Input extends ColumnInput {
        private final LeafBatches.Leaf leaf;
        private final int definition;
        private final byte[][] inOrder = new byte[names.size()][];
        private int last; // most likely the next one too

        Input(LeafBatches.Leaf leaf, int definition) {
            this.leaf = leaf;
            this.definition = definition;
            for (int i = 0; i < inOrder.length; i++) {
                inOrder[i] = names.get(i).getBytes(StandardCharsets.UTF_8);
            }
        }

        /** -1 if it is none of the names. */
        int indexOf(int row) {
            for (int i = 0; i < inOrder.length; i++) {
                int index = last + i < inOrder.length ? last + i : last + i - inOrder.length;
                if (isName(row, inOrder[index])) {
                    last = index;
                    return index;
                }
            }
            return -1;
        }

        private boolean isName(int row, byte[] name) {
            int begin = leaf.begin(row);
            return name.length == leaf.length(row)
                    && Arrays.equals(
                            leaf.bytes(), begin, begin + name.length, name, 0, name.length);
        }

        @Override
        boolean isThere(int row) {
            return leaf.definition(row) == definition;
        }

        @Override
        void copy(int row, BinaryWriter out, PlainStructures structures) {
            int index = indexOf(row);
            if (index < 0) {
                throw new CorruptDataException("a constant that is none of " + names);
            }
            out.writeVarInt(index);
        }
    }

    @Override
    Converter converter(Sink sink) {
        return new PrimitiveConverter() {
            private String[] names;

            @Override
            public boolean hasDictionarySupport() {
                return true;
            }

            @Override
            public void setDictionary(Dictionary dictionary) {
                names = new String[dictionary.getMaxId() + 1];
                for (int i = 0; i < names.length; i++) {
                    names[i] = dictionary.decodeToBinary(i).toStringUsingUTF8();
                }
            }

            @Override
            public void addValueFromDictionary(int id) {
                sink.set(names[id]);
            }

            @Override
            public void addBinary(Binary value) {
                sink.set(value.toStringUsingUTF8());
            }
        };
    }
}
