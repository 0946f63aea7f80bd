package io.millrace.runtime.state.user;

import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.InternalKvState;
import io.millrace.api.state.ListState;
import io.millrace.api.state.MapState;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.State;
import io.millrace.api.state.ValueState;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** States that can be told their namespace, made of states that cannot. Confined to the task. */
public final class NamespacedStates {
    private NamespacedStates() {}

    /**
     * @param state of one of the five kinds
     * @param setter is told the namespace
     */
    public static State of(State state, Consumer<Object> setter) {
        if (state instanceof ValueState<?> value) {
            return new OfValue<>(value, setter);
        }
        if (state instanceof ListState<?> list) {
            return new OfList<>(list, setter);
        }
        if (state instanceof ReducingState<?> reducing) {
            return new OfReducing<>(reducing, setter);
        }
        if (state instanceof AggregatingState<?, ?> aggregating) {
            return new OfAggregating<>(aggregating, setter);
        }
        if (state instanceof MapState<?, ?> map) {
            return new OfMap<>(map, setter);
        }
        throw new IllegalArgumentException(state.getClass().getName());
    }

    private abstract static class InNamespace<V> implements InternalKvState<Object, Object, V> {
        private final State state;
        private final Consumer<Object> setter;

        InNamespace(State state, Consumer<Object> setter) {
            this.state = state;
            this.setter = setter;
        }

        @Override
        public void setCurrentNamespace(Object namespace) {
            setter.accept(Objects.requireNonNull(namespace, "The namespace of a state is null."));
        }

        @Override
        public void clear() {
            state.clear();
        }
    }

    private static final class OfValue<T> extends InNamespace<T> implements ValueState<T> {
        private final ValueState<T> state;

        OfValue(ValueState<T> state, Consumer<Object> setter) {
            super(state, setter);
            this.state = state;
        }

        @Override
        public T value() throws IOException {
            return state.value();
        }

        @Override
        public void update(T value) throws IOException {
            state.update(value);
        }
    }

    private static final class OfList<T> extends InNamespace<List<T>> implements ListState<T> {
        private final ListState<T> state;

        OfList(ListState<T> state, Consumer<Object> setter) {
            super(state, setter);
            this.state = state;
        }

        @Override
        public Iterable<T> get() throws Exception {
            return state.get();
        }

        @Override
        public void add(T value) throws Exception {
            state.add(value);
        }

        @Override
        public void update(List<T> values) throws Exception {
            state.update(values);
        }

        @Override
        public void addAll(List<T> values) throws Exception {
            state.addAll(values);
        }
    }

    private static final class OfReducing<T> extends InNamespace<T> implements ReducingState<T> {
        private final ReducingState<T> state;

        OfReducing(ReducingState<T> state, Consumer<Object> setter) {
            super(state, setter);
            this.state = state;
        }

        @Override
        public T get() throws Exception {
            return state.get();
        }

        @Override
        public void add(T value) throws Exception {
            state.add(value);
        }
    }

    private static final class OfAggregating<IN, OUT> extends InNamespace<OUT>
            implements AggregatingState<IN, OUT> {
        private final AggregatingState<IN, OUT> state;

        OfAggregating(AggregatingState<IN, OUT> state, Consumer<Object> setter) {
            super(state, setter);
            this.state = state;
        }

        @Override
        public OUT get() throws Exception {
            return state.get();
        }

        @Override
        public void add(IN value) throws Exception {
            state.add(value);
        }
    }

    private static final class OfMap<K, V> extends InNamespace<Map<K, V>>
            implements MapState<K, V> {
        private final MapState<K, V> state;

        OfMap(MapState<K, V> state, Consumer<Object> setter) {
            super(state, setter);
            this.state = state;
        }

        @Override
        public V get(K key) throws Exception {
            return state.get(key);
        }

        @Override
        public void put(K key, V value) throws Exception {
            state.put(key, value);
        }

        @Override
        public void putAll(Map<K, V> map) throws Exception {
            state.putAll(map);
        }

        @Override
        public void remove(K key) throws Exception {
            state.remove(key);
        }

        @Override
        public boolean contains(K key) throws Exception {
            return state.contains(key);
        }

        @Override
        public Iterable<Map.Entry<K, V>> entries() throws Exception {
            return state.entries();
        }

        @Override
        public Iterable<K> keys() throws Exception {
            return state.keys();
        }

        @Override
        public Iterable<V> values() throws Exception {
            return state.values();
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() throws Exception {
            return state.iterator();
        }

        @Override
        public boolean isEmpty() throws Exception {
            return state.isEmpty();
        }
    }
}
