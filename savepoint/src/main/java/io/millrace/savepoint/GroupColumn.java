package io.millrace.savepoint;

import io.millrace.connector.parquet.LeafBatches;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A value of named parts, each of which may be absent. Immutable. Subclasses say how a value is
 * taken apart and put together.
 */
abstract class GroupColumn extends Column {
    private final List<String> names;
    private final List<Column> parts;

    /**
     * @param names different ones, at least one
     */
    GroupColumn(List<String> names, List<Column> parts) {
        this.names = List.copyOf(names);
        this.parts = List.copyOf(parts);
    }

    /** The parts of a value, null where absent. */
    abstract Object[] apart(Object value);

    /** The value of parts; null where they are of none. */
    abstract Object together(Object[] values);

    @Override
    Type type(String name, Type.Repetition repetition) {
        Types.GroupBuilder<org.apache.parquet.schema.GroupType> group =
                Types.buildGroup(repetition);
        for (int i = 0; i < parts.size(); i++) {
            group.addField(parts.get(i).type(names.get(i), Type.Repetition.OPTIONAL));
        }
        return group.named(name);
    }

    /** Reads a value, and moves the parts that are there. */
    abstract void move(BinaryReader in, int repetition, Parts to);

    @Override
    ColumnOutput output(Place place) {
        return new Parts(place);
    }

    /** The leaves of all parts. */
    final class Parts extends ColumnOutput {
        private final RowOutput row;
        private final int definition;
        private final ColumnOutput[] outputs = new ColumnOutput[parts.size()];

        Parts(Place place) {
            this.row = place.row();
            this.definition = place.definition();
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = parts.get(i).output(place.optional());
            }
        }

        RowOutput row() {
            return row;
        }

        void move(int part, BinaryReader in, int repetition) {
            outputs[part].move(in, repetition);
        }

        /** A part of a group that is there. */
        void write(int part, Object value, int repetition) {
            if (value == null) {
                outputs[part].absent(repetition, definition);
            } else {
                outputs[part].write(value, repetition);
            }
        }

        @Override
        void write(Object value, int repetition) {
            Object[] values = apart(value);
            for (int i = 0; i < outputs.length; i++) {
                write(i, values[i], repetition);
            }
        }

        @Override
        void move(BinaryReader in, int repetition) {
            GroupColumn.this.move(in, repetition, this);
        }

        @Override
        void absent(int repetition, int around) {
            for (ColumnOutput each : outputs) {
                each.absent(repetition, around);
            }
        }
    }

    /** Writes the value of a row out of its parts. */
    abstract void copy(int row, Sources from, BinaryWriter out, PlainStructures structures);

    @Override
    ColumnInput input(ColumnInput.From from) {
        return new Sources(from);
    }

    /** The leaves of all parts, of a batch that is read. */
    final class Sources extends ColumnInput {
        private final LeafBatches.Leaf first;
        private final int definition;
        private final ColumnInput[] inputs = new ColumnInput[parts.size()];

        Sources(From from) {
            PeekingLeaves leaves = new PeekingLeaves(from.leaves());
            this.first = leaves.peek();
            this.definition = from.definition();
            From inside = new From(leaves, definition).optional();
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = parts.get(i).input(inside);
            }
        }

        ColumnInput part(int index) {
            return inputs[index];
        }

        /** A part that a value of the form has. */
        void require(int part, int row, BinaryWriter out, PlainStructures structures) {
            inputs[part].require(row, names.get(part), out, structures);
        }

        @Override
        boolean isThere(int row) {
            return first.definition(row) >= definition;
        }

        @Override
        void copy(int row, BinaryWriter out, PlainStructures structures) {
            GroupColumn.this.copy(row, this, out, structures);
        }
    }

    /** Shows the next leaf without taking it. */
    private static final class PeekingLeaves implements Iterator<LeafBatches.Leaf> {
        private final Iterator<LeafBatches.Leaf> leaves;
        private LeafBatches.Leaf next;

        PeekingLeaves(Iterator<LeafBatches.Leaf> leaves) {
            this.leaves = leaves;
        }

        LeafBatches.Leaf peek() {
            if (next == null) {
                next = leaves.next();
            }
            return next;
        }

        @Override
        public boolean hasNext() {
            return next != null || leaves.hasNext();
        }

        @Override
        public LeafBatches.Leaf next() {
            LeafBatches.Leaf taken = peek();
            next = null;
            return taken;
        }
    }

    @Override
    Converter converter(Sink sink) {
        return new Reading(sink);
    }

    private final class Reading extends GroupConverter {
        private final Sink sink;
        private final Converter[] converters = new Converter[parts.size()];
        private Object[] values;

        Reading(Sink sink) {
            this.sink = sink;
            for (int i = 0; i < converters.length; i++) {
                int part = i;
                converters[i] = parts.get(i).converter(value -> values[part] = value);
            }
        }

        @Override
        public Converter getConverter(int field) {
            return converters[field];
        }

        @Override
        public void start() {
            values = new Object[converters.length];
        }

        @Override
        public void end() {
            sink.set(together(values));
        }
    }
}
