package io.millrace.runtime.operator.window;

import io.millrace.runtime.state.ValueTable;
import java.util.Collection;

/** One value for each window, into which records go. Confined to the task. */
final class FoldedContents extends Contents {
    private final ValueTable table;
    private final Fold fold;

    FoldedContents(ValueTable table, Fold fold) {
        this.table = table;
        this.fold = fold;
    }

    @Override
    void setWindow(Object window) {
        table.setNamespace(window);
    }

    @Override
    void add(Object record, long timestampMs, boolean shared) throws Exception {
        Object before = table.get();
        put(before == null ? fold.begin(record, shared) : fold.add(before, record));
    }

    private void put(Object value) {
        if (value == null) {
            table.remove();
        } else {
            table.put(value);
        }
    }

    @Override
    Object get() {
        Object value = table.get();
        return value == null ? null : fold.result(value);
    }

    @Override
    void clear() {
        table.remove();
    }

    @Override
    void merge(Object into, Collection<?> from) throws Exception {
        Object all = null;
        for (Object window : from) {
            table.setNamespace(window);
            Object value = table.get();
            if (value != null) {
                table.remove();
                all = all == null ? value : fold.merge(all, value);
            }
        }
        table.setNamespace(into);
        if (all != null) {
            Object before = table.get();
            put(before == null ? all : fold.merge(before, all));
        }
    }
}
