package io.millrace.runtime.serde;

import java.util.ArrayList;
import java.util.List;

/** {@link PlainValues} of forms that have any number of parts, each of which may be null. */
final class PlainElements {
    private static final int MAX_INITIAL_CAPACITY = 1024;

    private PlainElements() {}

    /** A list, a set or an array. */
    static final class OfSequence extends PlainValues {
        private final PlainValues element;

        OfSequence(PlainValues element) {
            this.element = element;
        }

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            int header = in.readVarInt();
            int size = Elements.size(header, in);
            List<Object> values = new ArrayList<>(Math.min(size, MAX_INITIAL_CAPACITY));
            for (int left = size; left > 0; left--) {
                values.add(readOne(Elements.nulls(header), element, in, structures));
            }
            return values;
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            List<?> values = as(List.class, value, "a list");
            boolean nulls = false;
            for (Object one : values) {
                nulls |= one == null;
            }
            Elements.writeHeader(values.size(), nulls, out);
            for (Object one : values) {
                writeOne(one, nulls, element, out, structures);
            }
        }
    }

    private static Object readOne(
            boolean nulls, PlainValues part, BinaryReader in, PlainStructures structures) {
        return nulls && in.readByte() == 0 ? null : part.read(in, structures);
    }

    private static void writeOne(
            Object value,
            boolean nulls,
            PlainValues part,
            BinaryWriter out,
            PlainStructures structures) {
        if (nulls) {
            out.writeByte(value == null ? 0 : 1);
        }
        if (value != null) {
            part.write(value, out, structures);
        }
    }

    static final class OfMapping extends PlainValues {
        private final PlainValues keys;
        private final PlainValues values;

        OfMapping(PlainValues keys, PlainValues values) {
            this.keys = keys;
            this.values = values;
        }

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            int header = in.readVarInt();
            boolean nulls = Elements.nulls(header);
            int size = Elements.size(header, in);
            List<Object> pairs = new ArrayList<>(Math.min(size, MAX_INITIAL_CAPACITY));
            for (int left = size; left > 0; left--) {
                Object key = readOne(nulls, keys, in, structures);
                pairs.add(new Pair(key, readOne(nulls, values, in, structures)));
            }
            return pairs;
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            List<?> pairs = as(List.class, value, "the entries of a map");
            boolean nulls = false;
            for (Object one : pairs) {
                Pair pair = as(Pair.class, one, "an entry of a map");
                nulls |= pair.key() == null || pair.value() == null;
            }
            Elements.writeHeader(pairs.size(), nulls, out);
            for (Object one : pairs) {
                Pair pair = (Pair) one;
                writeOne(pair.key(), nulls, keys, out, structures);
                writeOne(pair.value(), nulls, values, out, structures);
            }
        }
    }
}
