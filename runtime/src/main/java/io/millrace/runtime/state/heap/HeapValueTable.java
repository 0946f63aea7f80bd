package io.millrace.runtime.state.heap;

import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.Lifetime;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import java.util.List;
import java.util.Map;

/** One value for each key. Confined to the task. */
final class HeapValueTable extends HeapTable implements ValueTable {
    private static final int MOST_SLOTS = 512;

    private final Serializer<Object> copier; // null if values cannot change

    HeapValueTable(HeapBackend backend, TableSpec spec) {
        super(
                backend,
                spec,
                layout(spec, copierOf(spec), Cells.of(backend.keySerializer(), spec), MOST_SLOTS));
        this.copier = layout.copier();
    }

    private static Serializer<Object> copierOf(TableSpec spec) {
        return spec.values().immutable() ? null : spec.values();
    }

    @Override
    public Object get() {
        return copier == null || !versions.isAnyOpen() ? content() : ownContent(copier);
    }

    @Override
    public void put(Object value) {
        assert value != null : spec;
        setContent(value);
    }

    @Override
    void dropOver(Lifetime lifetime, long nowMs) {
        if (lifetime.isOver(content(), nowMs)) {
            remove();
        }
    }

    @Override
    public void value(int keyGroup, Object key, Object namespace, Object value) {
        select(key, namespace);
        put(value);
    }

    @Override
    public void list(int keyGroup, Object key, Object namespace, List<Object> elements) {
        throw new AssertionError(spec);
    }

    @Override
    public void map(
            int keyGroup,
            Object key,
            Object namespace,
            boolean whole,
            List<Object> removed,
            Map<Object, Object> entries) {
        throw new AssertionError(spec);
    }
}
