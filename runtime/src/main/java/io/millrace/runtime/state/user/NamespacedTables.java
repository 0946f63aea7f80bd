package io.millrace.runtime.state.user;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.StateDescriptor;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.ListTable;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The tables behind the states of functions, all about one namespace at a time, such as a window.
 * Confined to the task.
 */
public final class NamespacedTables {
    private final Supplier<KeyedBackend> backend;
    private final String prefix;
    private final Serializer<Object> namespaces;
    private final Map<String, Object> known = new HashMap<>();
    private final List<Consumer<Object>> setters = new ArrayList<>();
    private Object current;

    /**
     * @param backend makes it when the first table is asked for
     * @param prefix of the names of the tables
     * @param namespaces null if the states have none
     */
    public NamespacedTables(
            Supplier<KeyedBackend> backend, String prefix, Serializer<Object> namespaces) {
        this.backend = backend;
        this.prefix = prefix;
        this.namespaces = namespaces;
    }

    Serializer<Object> namespaces() {
        return namespaces;
    }

    String nameOf(StateDescriptor<?, ?> descriptor) {
        return prefix + descriptor.getName();
    }

    /** All states that follow are those of this namespace. */
    public void setNamespace(Object namespace) {
        current = namespace;
        for (int i = 0; i < setters.size(); i++) {
            setters.get(i).accept(namespace);
        }
    }

    private void made(String name, Object table, Consumer<Object> setter) {
        if (namespaces != null && known.put(name, table) == null) {
            setters.add(setter);
            setter.accept(current);
        }
    }

    ValueTable values(TableSpec spec) {
        ValueTable table = backend.get().values(spec);
        made(spec.name(), table, table::setNamespace);
        return table;
    }

    ListTable lists(TableSpec spec) {
        ListTable table = backend.get().lists(spec);
        made(spec.name(), table, table::setNamespace);
        return table;
    }

    MapTable maps(TableSpec spec) {
        MapTable table = backend.get().maps(spec);
        made(spec.name(), table, table::setNamespace);
        return table;
    }

    /**
     * Puts what a state has in some namespaces into that of another one, and leaves nothing there.
     * The state must have been asked for.
     *
     * @throws IllegalArgumentException if states of this kind cannot be merged
     */
    public void merge(StateDescriptor<?, ?> descriptor, Collection<?> from, Object into)
            throws Exception {
        Object table = known.get(nameOf(descriptor));
        if (descriptor.getTtlConfig().isEnabled()) {
            throw new IllegalArgumentException(
                    "State '"
                            + descriptor.getName()
                            + "' has a time to live, and is merged with the windows that it belongs"
                            + " to: leave the time to live away, a window's state goes with it.");
        }
        if (descriptor instanceof ListStateDescriptor<?>) {
            mergeLists((ListTable) table, from, into);
        } else if (descriptor instanceof ReducingStateDescriptor<?> reducing) {
            mergeValues((ValueTable) table, from, into, reducing.getReduceFunction(), null);
        } else if (descriptor instanceof AggregatingStateDescriptor<?, ?, ?> aggregating) {
            mergeValues((ValueTable) table, from, into, null, aggregating.getAggregateFunction());
        } else {
            throw new IllegalArgumentException(
                    "State '"
                            + descriptor.getName()
                            + "' is of the kind "
                            + descriptor.getType()
                            + ", which cannot be merged when windows are. Use a list, reducing or"
                            + " aggregating state.");
        }
        setNamespace(current);
    }

    private static void mergeLists(ListTable table, Collection<?> from, Object into) {
        List<Object> all = new ArrayList<>();
        for (Object namespace : from) {
            table.setNamespace(namespace);
            List<Object> elements = table.get();
            if (elements != null) {
                all.addAll(elements);
                table.remove();
            }
        }
        table.setNamespace(into);
        if (!all.isEmpty()) {
            table.addAll(all);
        }
    }

    @SuppressWarnings("unchecked") // the functions of the state
    private static void mergeValues(
            ValueTable table,
            Collection<?> from,
            Object into,
            ReduceFunction<?> reduce,
            AggregateFunction<?, ?, ?> aggregate)
            throws Exception {
        Object merged = null;
        for (Object namespace : from) {
            table.setNamespace(namespace);
            Object value = table.get();
            if (value != null) {
                table.remove();
                merged = merged == null ? value : both(merged, value, reduce, aggregate);
            }
        }
        table.setNamespace(into);
        if (merged != null) {
            Object there = table.get();
            table.put(there == null ? merged : both(there, merged, reduce, aggregate));
        }
    }

    @SuppressWarnings("unchecked") // the functions of the state
    private static Object both(
            Object a, Object b, ReduceFunction<?> reduce, AggregateFunction<?, ?, ?> aggregate)
            throws Exception {
        return reduce != null
                ? ((ReduceFunction<Object>) reduce).reduce(a, b)
                : ((AggregateFunction<Object, Object, Object>) aggregate).merge(a, b);
    }
}
