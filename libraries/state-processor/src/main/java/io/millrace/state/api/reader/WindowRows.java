package io.millrace.state.api.reader;

import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.TableReader;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.TableSpec.Shape;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of a table of a savepoint by key and namespace, of some key groups. Confined. */
final class WindowRows implements TableReader.Target {
    private final Map<Row, Object> rows = new LinkedHashMap<>();

    /**
     * @param namespace null if the table has none
     */
    record Row(Object key, Object namespace) {}

    private WindowRows() {}

    /**
     * A value for each row, or the list of its elements, or its map.
     *
     * @param namespaces null if the table has none
     * @param mapKeys null if it has no maps
     */
    static Map<Row, Object> read(
            KeyedBackendRequest request,
            String table,
            Shape shape,
            Serializer<Object> namespaces,
            Serializer<Object> mapKeys,
            Serializer<Object> values)
            throws IOException {
        List<RestoredPart> parts =
                request.restored().stream()
                        .filter(each -> each.part().name().equals(table))
                        .toList();
        WindowRows rows = new WindowRows();
        new TableReader(request, new TableSpec(table, shape, namespaces, mapKeys, values))
                .read(parts, rows);
        return rows.rows;
    }

    @Override
    public void remove(int keyGroup, Object key, Object namespace) {
        rows.remove(new Row(key, namespace));
    }

    @Override
    public void value(int keyGroup, Object key, Object namespace, Object value) {
        rows.put(new Row(key, namespace), value);
    }

    @Override
    public void list(int keyGroup, Object key, Object namespace, List<Object> elements) {
        rows.put(new Row(key, namespace), elements);
    }

    @Override
    public void map(
            int keyGroup,
            Object key,
            Object namespace,
            boolean whole,
            List<Object> removed,
            Map<Object, Object> entries) {
        Row row = new Row(key, namespace);
        if (whole) {
            rows.put(row, new HashMap<>(entries));
            return;
        }
        @SuppressWarnings("unchecked") // as put above
        Map<Object, Object> there =
                (Map<Object, Object>) rows.computeIfAbsent(row, unused -> new HashMap<>());
        removed.forEach(there::remove);
        there.putAll(entries);
    }
}
