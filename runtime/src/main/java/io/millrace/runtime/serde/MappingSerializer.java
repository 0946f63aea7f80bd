package io.millrace.runtime.serde;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes a map as {@link Elements}, each key before its value. Immutable. */
final class MappingSerializer extends Serializer<Map<Object, Object>> {
    private final Schema.Mapping schema;
    private final Serializer<Object> key;
    private final Serializer<Object> value;

    MappingSerializer(Schema.Mapping schema, Serializer<Object> key, Serializer<Object> value) {
        this.schema = schema;
        this.key = key;
        this.value = value;
    }

    @Override
    public void write(Map<Object, Object> map, BinaryWriter out) {
        if (schema.form() == Schema.MappingForm.SORTED_MAP) {
            Elements.refuse(((SortedMap<Object, Object>) map).comparator(), map);
        }
        boolean nulls = false;
        for (Map.Entry<Object, Object> entry : map.entrySet()) {
            nulls |= entry.getKey() == null || entry.getValue() == null;
        }
        Elements.writeHeader(map.size(), nulls, out);
        for (Map.Entry<Object, Object> entry : map.entrySet()) {
            Elements.write(entry.getKey(), nulls, key, out);
            Elements.write(entry.getValue(), nulls, value, out);
        }
    }

    @Override
    public Map<Object, Object> read(BinaryReader in) {
        int header = in.readVarInt();
        int size = Elements.size(header, in);
        boolean nulls = Elements.nulls(header);
        Map<Object, Object> map = schema.form().make.get();
        for (int i = 0; i < size; i++) {
            Object k = Elements.read(nulls, key, in);
            map.put(k, Elements.read(nulls, value, in));
        }
        return map;
    }

    @Override
    public Map<Object, Object> copy(Map<Object, Object> map) {
        Map<Object, Object> copy =
                map instanceof SortedMap<Object, Object> sorted
                        ? new TreeMap<>(sorted.comparator())
                        : schema.form().make.get();
        for (Map.Entry<Object, Object> entry : map.entrySet()) {
            Object k = entry.getKey();
            Object v = entry.getValue();
            copy.put(k == null ? null : key.copy(k), v == null ? null : value.copy(v));
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
    boolean fits(Object map) {
        return schema.form().type.isInstance(map);
    }
}
