package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.Elements;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
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
    final ColumnOutput output(Place place) {
        return new Output(place);
    }

    /** Reads the number of elements, and whether there are nulls, as {@link Elements} says. */
    int readHeader(BinaryReader in) {
        int header = in.readVarInt();
        Elements.size(header, in);
        return header;
    }

    private final class Output extends ColumnOutput {
        private final ColumnOutput elements;
        private final int definition;
        private final int going; // the repetition of elements but the first

        Output(Place place) {
            Place inside = place.repeated();
            this.definition = place.definition();
            this.going = inside.repetition();
            this.elements = element.output(inside.optional());
        }

        @Override
        void write(Object value, int repetition) {
            List<?> all = elements(value);
            int at = repetition;
            for (Object each : all) {
                if (each == null) {
                    elements.absent(at, definition + 1);
                } else {
                    elements.write(each, at);
                }
                at = going;
            }
            if (all.isEmpty()) {
                absent(repetition, definition);
            }
        }

        @Override
        void move(BinaryReader in, int repetition) {
            int header = readHeader(in);
            boolean nulls = Elements.nulls(header);
            int at = repetition;
            for (int left = header >>> 1; left > 0; left--) {
                if (nulls && in.readByte() == 0) {
                    elements.absent(at, definition + 1);
                } else {
                    elements.move(in, at);
                }
                at = going;
            }
            if (header >>> 1 == 0) {
                absent(repetition, definition);
            }
        }

        @Override
        void absent(int repetition, int around) {
            elements.absent(repetition, around);
        }
    }

    @Override
    final ColumnInput input(ColumnInput.From from) {
        throw new IllegalStateException("a column that is repeated is read as trees");
    }

    @Override
    final Converter converter(Sink sink) {
        return new Reading(sink);
    }

    private final class Reading extends GroupConverter {
        private final Sink sink;
        private final GroupConverter list = new EachElement();
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

        private final class EachElement extends GroupConverter {
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
