package io.millrace.savepoint;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** A list, set, queue or array, with nulls. Immutable. */
class ListColumn extends Column {
    private static final String LIST = "list";
    private static final String ELEMENT = "element";

    private final Column element;

    ListColumn(Column element) {
        this.element = element;
    }

    /** The elements of a value. */
    List<?> elements(Object value) {
        return (List<?>) value;
    }

    /** The value of elements. */
    Object value(List<Object> elements) {
        return elements;
    }

    @Override
    final Type type(String name, Type.Repetition repetition) {
        return Types.buildGroup(repetition)
                .as(LogicalTypeAnnotation.listType())
                .addField(
                        Types.buildGroup(Type.Repetition.REPEATED)
                                .addField(element.type(ELEMENT, Type.Repetition.OPTIONAL))
                                .named(LIST))
                .named(name);
    }

    @Override
    final void write(Object value, RowOutput out) {
        List<?> elements = elements(value);
        RecordConsumer columns = out.columns();
        columns.startGroup();
        if (!elements.isEmpty()) {
            columns.startField(LIST, 0);
            for (Object each : elements) {
                columns.startGroup();
                out.field(ELEMENT, 0, element, each);
                columns.endGroup();
            }
            columns.endField(LIST, 0);
        }
        columns.endGroup();
    }

    @Override
    final Converter converter(Sink sink) {
        return new Reading(sink);
    }

    private final class Reading extends GroupConverter {
        private final Sink sink;
        private final GroupConverter list = new Elements();
        private List<Object> elements;

        Reading(Sink sink) {
            this.sink = sink;
        }

        @Override
        public Converter getConverter(int field) {
            return list;
        }

        @Override
        public void start() {
            elements = new ArrayList<>();
        }

        @Override
        public void end() {
            sink.set(value(elements));
        }

        private final class Elements extends GroupConverter {
            private final Converter one = element.converter(value -> current = value);
            private Object current;

            @Override
            public Converter getConverter(int field) {
                return one;
            }

            @Override
            public void start() {
                current = null;
            }

            @Override
            public void end() {
                elements.add(current);
            }
        }
    }
}
