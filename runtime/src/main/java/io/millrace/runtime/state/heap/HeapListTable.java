package io.millrace.runtime.state.heap;

import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.Lifetime;
import io.millrace.runtime.state.ListTable;
import io.millrace.runtime.state.TableSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A list for each key. Confined to the task. */
final class HeapListTable extends HeapTable implements ListTable {
    private static final int MOST_SLOTS = 512;

    private final Serializer<Object> copier; // of elements; null if they cannot change

    HeapListTable(HeapBackend backend, TableSpec spec) {
        super(backend, spec, layout(spec, null, null, MOST_SLOTS));
        this.copier = spec.values().immutable() ? null : spec.values();
    }

    @Override
    public List<Object> get() {
        HeapList list = (HeapList) content();
        if (list == null) {
            return null;
        }
        if (copier != null && list.sharesElements(versions)) {
            list = list.deepCopy(copier, versions);
            swapContent(list);
        }
        return Collections.unmodifiableList(list);
    }

    @Override
    public void add(Object element) {
        assert element != null : spec;
        growing().append(element);
    }

    @Override
    public void addAll(List<?> elements) {
        if (!elements.isEmpty()) {
            growing().appendAll(elements);
        }
    }

    /** The list of the current key, to be appended to. */
    private HeapList growing() {
        HeapList list = (HeapList) content();
        if (list == null) {
            list = new HeapList(versions.current());
            setContent(list);
        } else if (versions.isFrozen(list.born)) {
            list = list.copy(versions);
            setContent(list);
        } else {
            touch();
        }
        return list;
    }

    @Override
    public void replace(List<?> elements) {
        if (elements.isEmpty()) {
            remove();
            return;
        }
        HeapList list = new HeapList(versions.current());
        list.appendAll(elements);
        setContent(list);
    }

    @Override
    void dropOver(Lifetime lifetime, long nowMs) {
        List<Object> alive = new ArrayList<>();
        HeapList all = (HeapList) content();
        for (Object element : all) {
            if (!lifetime.isOver(element, nowMs)) {
                alive.add(element);
            }
        }
        if (alive.size() < all.size()) {
            replace(alive);
        }
    }

    @Override
    public void value(int keyGroup, Object key, Object namespace, Object value) {
        throw new AssertionError(spec);
    }

    @Override
    public void list(int keyGroup, Object key, Object namespace, List<Object> elements) {
        select(key, namespace);
        replace(elements);
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
