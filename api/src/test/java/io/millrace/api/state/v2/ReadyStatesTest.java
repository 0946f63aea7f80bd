package io.millrace.api.state.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.state.StateTtlConfig;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadyStatesTest {
    private final ValueState<Long> value = ReadyStates.of(new HeldValue<>());
    private final ListState<String> list = ReadyStates.of(new HeldList<>());
    private final MapState<String, Long> map = ReadyStates.of(new HeldMap<>());

    @Test
    void aChainOfFuturesRunsAtOnce() {
        List<Long> seen = new ArrayList<>();

        value.asyncValue()
                .thenApply(before -> before == null ? 1L : before + 1)
                .thenCompose(next -> value.asyncUpdate(next))
                .thenCompose(done -> value.asyncValue())
                .thenAccept(seen::add);

        assertThat(seen).containsExactly(1L);
        assertThat(value.value()).isEqualTo(1L);
    }

    @Test
    void twoFuturesAreCombined() {
        value.update(3L);
        map.put("a", 4L);
        List<Long> seen = new ArrayList<>();

        value.asyncValue().thenCombine(map.asyncGet("a"), Long::sum).thenAccept(seen::add);

        assertThat(seen).containsExactly(7L);
    }

    @Test
    void aConditionChoosesWhatRuns() {
        value.update(3L);
        List<Object> seen = new ArrayList<>();

        value.asyncValue()
                .thenConditionallyApply(v -> v > 2, v -> "many", v -> 0)
                .thenAccept(seen::add);
        value.asyncValue().thenConditionallyApply(v -> v > 5, v -> "many").thenAccept(seen::add);
        value.asyncValue()
                .thenConditionallyAccept(v -> v > 5, v -> seen.add("yes"), v -> seen.add("no"))
                .thenAccept(seen::add);
        value.asyncValue()
                .thenConditionallyCompose(v -> v > 2, v -> map.asyncIsEmpty())
                .thenAccept(seen::add);

        assertThat(seen)
                .containsExactly(
                        Tuple2.of(true, "many"),
                        Tuple2.of(false, null),
                        "no",
                        false,
                        Tuple2.of(true, true));
    }

    @Test
    void whatAFunctionThrowsPassesThrough() {
        StateFuture<Long> future = value.asyncValue();

        assertThatThrownBy(
                        () ->
                                future.thenApply(
                                        v -> {
                                            throw new IOException("mine");
                                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("mine");
    }

    @Test
    void theElementsOfAListAreGoneThroughWhileItChanges() {
        list.asyncAddAll(List.of("a", "b"));
        List<Object> seen = new ArrayList<>();

        list.asyncGet()
                .thenCompose(
                        elements ->
                                elements.<String>onNext(
                                        element -> {
                                            return list.asyncAdd(element + "!")
                                                    .thenApply(done -> element);
                                        }))
                .thenAccept(seen::addAll);

        assertThat(seen).containsExactly("a", "b");
        assertThat(list.get()).containsExactly("a", "b", "a!", "b!");
    }

    @Test
    void anEmptyListIsAnEmptyIterator() {
        List<Boolean> empty = new ArrayList<>();

        list.asyncGet().thenAccept(elements -> empty.add(elements.isEmpty()));

        assertThat(empty).containsExactly(true);
    }

    @Test
    void theEntriesOfAMapAreGoneThroughWhileItChanges() {
        map.asyncPutAll(Map.of("a", 1L, "b", 2L));
        List<String> seen = new ArrayList<>();

        map.asyncEntries()
                .thenCompose(
                        entries ->
                                entries.onNext(
                                        entry -> {
                                            seen.add(entry.getKey() + entry.getValue());
                                            map.remove(entry.getKey());
                                        }));

        assertThat(seen).containsExactlyInAnyOrder("a1", "b2");
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void clearingForgets() {
        value.update(3L);

        value.asyncClear();

        assertThat(value.value()).isNull();
    }

    @Test
    void aDescriptorStandsForTheSameStateWithoutFutures() {
        StateTtlConfig day = StateTtlConfig.newBuilder(Duration.ofDays(1)).build();
        ValueStateDescriptor<Long> described = new ValueStateDescriptor<>("sum", Types.LONG);
        described.enableTimeToLive(day);
        MapStateDescriptor<String, Long> map =
                new MapStateDescriptor<>("counts", String.class, Long.class);
        ListStateDescriptor<String> list = new ListStateDescriptor<>("seen", String.class);

        assertThat(described.synchronous())
                .isEqualTo(new io.millrace.api.state.ValueStateDescriptor<>("sum", Types.LONG));
        assertThat(described.synchronous().getTtlConfig()).isSameAs(day);
        assertThat(map.synchronous().keyType()).isEqualTo(Types.STRING);
        assertThat(map.synchronous().valueType()).isEqualTo(Types.LONG);
        assertThat(list.synchronous().elementType()).isEqualTo(Types.STRING);
        assertThat(described).isEqualTo(new ValueStateDescriptor<>("sum", Long.class));
        assertThat(described.getStateId()).isEqualTo("sum");
        assertThat(described.isSerializerInitialized()).isFalse();
    }

    private static final class HeldValue<T> implements io.millrace.api.state.ValueState<T> {
        private T held;

        @Override
        public T value() {
            return held;
        }

        @Override
        public void update(T value) {
            held = value;
        }

        @Override
        public void clear() {
            held = null;
        }
    }

    private static final class HeldList<T> implements io.millrace.api.state.ListState<T> {
        private final List<T> held = new ArrayList<>();

        @Override
        public Iterable<T> get() {
            return held.isEmpty() ? null : held;
        }

        @Override
        public void add(T value) {
            held.add(value);
        }

        @Override
        public void update(List<T> values) {
            held.clear();
            held.addAll(values);
        }

        @Override
        public void addAll(List<T> values) {
            held.addAll(values);
        }

        @Override
        public void clear() {
            held.clear();
        }
    }

    private static final class HeldMap<K, V> implements io.millrace.api.state.MapState<K, V> {
        private final Map<K, V> held = new HashMap<>();

        @Override
        public V get(K key) {
            return held.get(key);
        }

        @Override
        public void put(K key, V value) {
            held.put(key, value);
        }

        @Override
        public void putAll(Map<K, V> map) {
            held.putAll(map);
        }

        @Override
        public void remove(K key) {
            held.remove(key);
        }

        @Override
        public boolean contains(K key) {
            return held.containsKey(key);
        }

        @Override
        public Iterable<Map.Entry<K, V>> entries() {
            return held.entrySet();
        }

        @Override
        public Iterable<K> keys() {
            return held.keySet();
        }

        @Override
        public Iterable<V> values() {
            return held.values();
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return held.entrySet().iterator();
        }

        @Override
        public boolean isEmpty() {
            return held.isEmpty();
        }

        @Override
        public void clear() {
            held.clear();
        }
    }
}
