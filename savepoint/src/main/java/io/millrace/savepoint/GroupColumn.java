package io.millrace.savepoint;

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

    @Override
    void write(Object value, RowOutput out) {
        Object[] values = apart(value);
        out.columns().startGroup();
        for (int i = 0; i < values.length; i++) {
            out.field(names.get(i), i, parts.get(i), values[i]);
        }
        out.columns().endGroup();
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
