package io.millrace.savepoint;

import io.millrace.runtime.serde.PlainValues.Pair;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordConsumer;
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

    MapColumn(Column keys, Column values) {
        this.keys = keys;
        this.values = values;
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
    void write(Object value, RowOutput out) {
        List<Pair> pairs = new ArrayList<>();
        for (Object each : (List<?>) value) {
            Pair pair = (Pair) each;
            if (pair.key() == null) {
                out.inexact();
            } else {
                pairs.add(pair);
            }
        }
        RecordConsumer columns = out.columns();
        columns.startGroup();
        if (!pairs.isEmpty()) {
            columns.startField(ENTRIES, 0);
            for (Pair pair : pairs) {
                columns.startGroup();
                out.field(KEY, 0, keys, pair.key());
                out.field(VALUE, 1, values, pair.value());
                columns.endGroup();
            }
            columns.endField(ENTRIES, 0);
        }
        columns.endGroup();
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
