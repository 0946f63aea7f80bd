package io.millrace.runtime.state.user;

import io.millrace.api.state.ListState;
import io.millrace.runtime.state.ListTable;
import java.util.List;
import java.util.Objects;

/** A list for each key. Confined to the task. */
final class UserListState<T> implements ListState<T> {
    private final String name;
    private final ListTable table;

    UserListState(String name, ListTable table) {
        this.name = name;
        this.table = table;
    }

    /** Never null. Not to be changed; what it shows is only valid until the state changes. */
    @Override
    @SuppressWarnings("unchecked") // what was added
    public Iterable<T> get() {
        List<Object> elements = table.get();
        return elements == null ? List.of() : (List<T>) elements;
    }

    @Override
    public void add(T value) {
        table.add(checked(value));
    }

    @Override
    public void update(List<T> values) {
        table.replace(checked(values));
    }

    @Override
    public void addAll(List<T> values) {
        table.addAll(checked(values));
    }

    private List<T> checked(List<T> values) {
        Objects.requireNonNull(values, () -> "The list for list state '" + name + "' is null.");
        for (T value : values) {
            checked(value);
        }
        return values;
    }

    private T checked(T value) {
        return Objects.requireNonNull(
                value, () -> "An element for list state '" + name + "' is null.");
    }

    @Override
    public void clear() {
        table.remove();
    }
}
