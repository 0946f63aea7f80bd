package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.Elements;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.PlainValues.Pair;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** A map. An entry without a key has no place in the columns. Immutable. */
final class MapColumn extends Column {
    private static final String ENTRIES = "key_value";
    private static final String KEY = "key";
    private static final String VALUE = "value";

    private final Column keys;
    private final Column values;
    private final PlainValues keyTrees;
    private final PlainValues valueTrees;

    /**
     * @param keyTrees of a key on its own
     */
    MapColumn(Column keys, Column values, PlainValues keyTrees, PlainValues valueTrees) {
        this.keys = keys;
        this.values = values;
        this.keyTrees = keyTrees;
        this.valueTrees = valueTrees;
    }

    @Override
    Type type(String name, Type.Repetition repetition) {
        return Types.buildGroup(repetition)
                .as(LogicalTypeAnnotation.mapType())
                .addField(
                        Types.buildGroup(Type.Repetition.REPEATED)
                                .addField(keys.type(KEY, Type.Repetition.REQUIRED))
                                .addField(values.type(VALUE, Type.Repetition.OPTIONAL))
                                .named(ENTRIES))
                .named(name);
    }

    @Override
    ColumnOutput output(Place place) {
        return new Output(place);
    }

    private final class Output extends ColumnOutput {
        private final RowOutput row;
        private final ColumnOutput keyOutput;
        private final ColumnOutput valueOutput;
        private final int definition;
        private final int going; // the repetition of entries but the first

        Output(Place place) {
            Place inside = place.repeated();
            this.row = place.row();
            this.definition = place.definition();
            this.going = inside.repetition();
            this.keyOutput = keys.output(inside); // always there
            this.valueOutput = values.output(inside.optional());
        }

        @Override
        void write(Object value, int repetition) {
            int at = repetition;
            boolean empty = true;
            for (Object each : (List<?>) value) {
                Pair pair = (Pair) each;
                if (pair.key() == null) {
                    row.inexact();
                    continue;
                }
                keyOutput.write(pair.key(), at);
                if (pair.value() == null) {
                    valueOutput.absent(at, definition + 1);
                } else {
                    valueOutput.write(pair.value(), at);
                }
                at = going;
                empty = false;
            }
            if (empty) {
                absent(repetition, definition);
            }
        }

        @Override
        void move(BinaryReader in, int repetition) {
            int header = in.readVarInt();
            boolean nulls = Elements.nulls(header);
            int at = repetition;
            boolean empty = true;
            for (int left = Elements.size(header, in); left > 0; left--) {
                boolean there = !nulls || in.readByte() != 0;
                if (!there || !moveKey(in, at)) {
                    row.inexact();
                    if (!nulls || in.readByte() != 0) {
                        valueTrees.read(in, row.structures());
                    }
                    continue;
                }
                if (!nulls || in.readByte() != 0) {
                    valueOutput.move(in, at);
                } else {
                    valueOutput.absent(at, definition + 1);
                }
                at = going;
                empty = false;
            }
            if (empty) {
                absent(repetition, definition);
            }
        }

        /** False if there is none: one that is found at run time says so itself. */
        private boolean moveKey(BinaryReader in, int repetition) {
            if (!(keys instanceof OpaqueColumn)) {
                keyOutput.move(in, repetition);
                return true;
            }
            Object key = keyTrees.read(in, row.structures());
            if (key != null) {
                keyOutput.write(key, repetition);
            }
            return key != null;
        }

        @Override
        void absent(int repetition, int around) {
            keyOutput.absent(repetition, around);
            valueOutput.absent(repetition, around);
        }
    }

    @Override
    ColumnInput input(ColumnInput.From from) {
        throw new IllegalStateException("a column that is repeated is read as trees");
    }

    @Override
    Converter converter(Sink sink) {
        return new Reading(sink);
    }

    private final class Reading extends GroupConverter {
        private final Sink sink;
        private final GroupConverter entries = new Entries();
        private List<Object> pairs;

        Reading(Sink sink) {
            this.sink = sink;
        }

        @Override
        public Converter getConverter(int field) {
            return entries;
        }

        @Override
        public void start() {
            pairs = new ArrayList<>();
        }

        @Override
        public void end() {
            sink.set(pairs);
        }

        private final class Entries extends GroupConverter {
            private final Converter[] parts = {
                keys.converter(each -> key = each), values.converter(each -> value = each)
            };
            private Object key;
            private Object value;

            @Override
            public Converter getConverter(int field) {
                return parts[field];
            }

            @Override
            public void start() {
                key = null;
                value = null;
            }

            @Override
            public void end() {
                pairs.add(new Pair(key, value));
            }
        }
    }
}
