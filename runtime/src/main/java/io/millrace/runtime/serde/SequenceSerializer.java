package io.millrace.runtime.serde;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes a list, set or queue as {@link Elements}. Immutable. */
final class SequenceSerializer extends Serializer<Collection<Object>> {
    private static final int MAX_INITIAL_CAPACITY = 1024;

    private final Schema.Sequence schema;
    private final Serializer<Object> element;

    SequenceSerializer(Schema.Sequence schema, Serializer<Object> element) {
        this.schema = schema;
        this.element = element;
    }

    @Override
    public void write(Collection<Object> value, BinaryWriter out) {
        if (schema.form() == Schema.SequenceForm.SORTED_SET) {
            Elements.refuse(((SortedSet<Object>) value).comparator(), value);
        }
        Elements.write(value.toArray(), element, out);
    }

    @Override
    public Collection<Object> read(BinaryReader in) {
        int header = in.readVarInt();
        int size = Elements.size(header, in);
        boolean nulls = Elements.nulls(header);
        Collection<Object> value = schema.form().make.apply(Math.min(size, MAX_INITIAL_CAPACITY));
        for (int i = 0; i < size; i++) {
            value.add(Elements.read(nulls, element, in));
        }
        return value;
    }

    @Override
    public Collection<Object> copy(Collection<Object> value) {
        Collection<Object> copy =
                value instanceof SortedSet<Object> sorted
                        ? new TreeSet<>(sorted.comparator())
                        : schema.form().make.apply(value.size());
        for (Object one : value) {
            copy.add(one == null ? null : element.copy(one));
        }
        return copy;
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    boolean fits(Object value) {
        return schema.form().type.isInstance(value);
    }
}
