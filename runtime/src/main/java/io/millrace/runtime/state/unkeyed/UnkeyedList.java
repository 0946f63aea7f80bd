package io.millrace.runtime.state.unkeyed;

import io.millrace.api.state.ListState;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** A list state without keys. Confined to the task. */
final class UnkeyedList<T> implements ListState<T> {
    /** A longer list of elements that cannot change is written on the snapshot thread. */
    private static final int MANY = 1000;

    private final StatePart.Kind kind;
    private final String name;
    private final ItemCodec elements;
    private final List<T> items = new ArrayList<>();

    UnkeyedList(StatePart.Kind kind, String name, ItemCodec elements) {
        this.kind = kind;
        this.name = name;
        this.elements = elements;
    }

    StatePart.Kind kind() {
        return kind;
    }

    ItemCodec elements() {
        return elements;
    }

    @Override
    public Iterable<T> get() {
        return items;
    }

    @Override
    public void add(T value) {
        items.add(Objects.requireNonNull(value, () -> "null for the list state '" + name + "'"));
    }

    @Override
    public void addAll(List<T> values) {
        requireElements(values);
        items.addAll(values);
    }

    @Override
    public void update(List<T> values) {
        requireElements(values);
        List<T> kept = new ArrayList<>(values); // it may be this list itself
        items.clear();
        items.addAll(kept);
    }

    private void requireElements(Collection<T> values) {
        Objects.requireNonNull(values, () -> "null in place of elements of '" + name + "'");
        for (T value : values) {
            Objects.requireNonNull(value, () -> "null for the list state '" + name + "'");
        }
    }

    @Override
    public void clear() {
        items.clear();
    }

    void snapshot(SnapshotTurn turn) {
        if (items.isEmpty()) {
            return;
        }
        if (items.size() > MANY && elements.immutable()) {
            Object[] frozen = items.toArray();
            FrozenItems.handLater(
                    turn,
                    kind,
                    name,
                    elements.description(),
                    frozen.length,
                    out -> {
                        for (Object item : frozen) {
                            elements.write(item, out);
                        }
                    });
            return;
        }
        FrozenItems.hand(
                turn,
                kind,
                name,
                elements.description(),
                items.size(),
                out -> items.forEach(item -> elements.write(item, out)));
    }
}
