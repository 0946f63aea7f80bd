package io.millrace.runtime.state;

import static io.millrace.runtime.state.BackendHarness.setKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.StatePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Uses a back end at random beside maps that do the same: values, lists and maps change, freezes
 * overlap, checkpoints complete or do not, and now and then the back end starts again from one.
 * Confined to the test.
 */
final class RandomBackendUse {
    private static final int STEPS = 20_000;
    private static final int MOST_OPEN = 3;

    private final BackendHarness harness;
    private final long seed;
    private final Random random;
    private final int keys;
    private final TableSpec values;
    private final TableSpec counters;
    private final TableSpec numbers; // one less than the counters
    private final TableSpec lists;
    private final TableSpec maps;
    private final List<Open> open = new ArrayList<>();
    private KeyedBackend backend;
    private Model model = new Model();
    // Of the last complete checkpoint, and what the model was then.
    private List<StatePart> complete = List.of();
    private Model completeModel = new Model();
    private long completeId;

    /** A freeze that is not written yet. */
    private record Open(long id, CheckpointKind kind, FrozenState frozen, Model model) {}

    /** What the back end must have. */
    private static final class Model {
        final Map<List<Object>, Object> values = new HashMap<>();
        final Map<Object, Long> counters = new HashMap<>();
        final Map<Object, List<Object>> lists = new HashMap<>();
        final Map<Object, Map<Object, Object>> maps = new HashMap<>();

        Model copy() {
            Model copy = new Model();
            copy.values.putAll(values);
            copy.counters.putAll(counters);
            lists.forEach((key, list) -> copy.lists.put(key, new ArrayList<>(list)));
            maps.forEach((key, map) -> copy.maps.put(key, new HashMap<>(map)));
            return copy;
        }
    }

    RandomBackendUse(BackendHarness harness, long seed) {
        this.harness = harness;
        this.seed = seed;
        this.random = new Random(seed);
        this.keys = seed % 2 == 0 ? 40 : 4000;
        this.values =
                new TableSpec(
                        "v",
                        TableSpec.Shape.VALUE,
                        harness.serializer(Types.STRING),
                        null,
                        harness.serializer(Types.LONG));
        this.counters =
                new TableSpec(
                        "c",
                        TableSpec.Shape.VALUE,
                        null,
                        null,
                        harness.serializer(Types.POJO(KeyedBackendContract.Counter.class)));
        this.numbers =
                new TableSpec(
                        "n", TableSpec.Shape.VALUE, null, null, harness.serializer(Types.LONG));
        this.lists =
                new TableSpec(
                        "l", TableSpec.Shape.LIST, null, null, harness.serializer(Types.LONG));
        this.maps =
                new TableSpec(
                        "m",
                        TableSpec.Shape.MAP,
                        null,
                        harness.serializer(Types.LONG),
                        harness.serializer(Types.STRING));
    }

    void run() throws Exception {
        backend = harness.backend(Types.LONG);
        try {
            for (int step = 0; step < STEPS; step++) {
                Object key = (long) random.nextInt(keys);
                setKey(backend, key);
                switch (random.nextInt(400)) {
                    case 0, 1, 2 -> freeze();
                    case 3, 4 -> writeOne();
                    case 5 -> startAgain();
                    default -> change(key);
                }
            }
            while (!open.isEmpty()) {
                writeOne();
            }
            check(backend, model);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private void change(Object key) {
        switch (random.nextInt(8)) {
            case 0, 1 -> changeValue(key);
            case 2 -> count(key);
            case 3 -> changeList(key);
            case 4, 5, 6 -> changeMap(key);
            default -> iterate(key);
        }
    }

    private void changeValue(Object key) {
        String namespace = "n" + random.nextInt(3);
        List<Object> row = List.of(key, namespace);
        ValueTable table = backend.values(values);
        table.setNamespace(namespace);
        assertThat(table.get()).isEqualTo(model.values.get(row));
        if (random.nextInt(3) == 0) {
            table.remove();
            model.values.remove(row);
        } else {
            Long value = random.nextLong();
            table.put(value);
            model.values.put(row, value);
        }
    }

    private void count(Object key) {
        ValueTable table = backend.values(counters);
        KeyedBackendContract.Counter counter = (KeyedBackendContract.Counter) table.get();
        assertThat(counter == null ? null : (Long) counter.count)
                .isEqualTo(model.counters.get(key));
        ValueTable number = backend.values(numbers);
        assertThat(number.get()).isEqualTo(counter == null ? null : counter.count - 1);
        if (counter == null) {
            counter = new KeyedBackendContract.Counter();
        } else if (random.nextInt(20) == 0) {
            table.remove();
            number.remove();
            model.counters.remove(key);
            return;
        }
        counter.count++;
        table.put(counter);
        number.put(counter.count - 1);
        model.counters.merge(key, 1L, Long::sum);
    }

    private void changeList(Object key) {
        ListTable table = backend.lists(lists);
        assertThat(table.get()).isEqualTo(model.lists.get(key));
        Long element = random.nextLong();
        switch (random.nextInt(8)) {
            case 0 -> {
                table.remove();
                model.lists.remove(key);
            }
            case 1 -> {
                table.replace(List.of(element, 2L));
                model.lists.put(key, new ArrayList<>(List.of(element, 2L)));
            }
            default -> {
                table.add(element);
                model.lists.computeIfAbsent(key, unused -> new ArrayList<>()).add(element);
            }
        }
    }

    private void changeMap(Object key) {
        MapTable table = backend.maps(maps);
        Map<Object, Object> map = model.maps.computeIfAbsent(key, unused -> new HashMap<>());
        Object mapKey = (long) random.nextInt(keys == 40 ? 500 : 5);
        assertThat(table.get(mapKey)).isEqualTo(map.get(mapKey));
        assertThat(table.contains(mapKey)).isEqualTo(map.containsKey(mapKey));
        switch (random.nextInt(20)) {
            case 0 -> {
                table.clear();
                map.clear();
            }
            case 1, 2, 3, 4, 5 -> {
                table.remove(mapKey);
                map.remove(mapKey);
            }
            case 6 -> {
                table.put(mapKey, null);
                map.put(mapKey, null);
            }
            default -> {
                String value = "v" + random.nextInt();
                table.put(mapKey, value);
                map.put(mapKey, value);
            }
        }
        assertThat(table.isEmpty()).isEqualTo(map.isEmpty());
        if (map.isEmpty()) {
            model.maps.remove(key);
        }
    }

    private void iterate(Object key) {
        Map<Object, Object> map = model.maps.get(key);
        if (map == null) {
            return;
        }
        Map<Object, Object> seen = new HashMap<>();
        Iterator<Map.Entry<Object, Object>> entries = backend.maps(maps).entries();
        Map<Object, Object> before = new HashMap<>(map);
        while (entries.hasNext()) {
            Map.Entry<Object, Object> entry = entries.next();
            seen.put(entry.getKey(), entry.getValue());
            switch (random.nextInt(10)) {
                case 0 -> {
                    entries.remove();
                    map.remove(entry.getKey());
                }
                case 1 -> {
                    map.put(entry.getKey(), "set");
                    entry.setValue("set");
                }
                default -> {}
            }
        }
        assertThat(seen).isEqualTo(before);
        if (map.isEmpty()) {
            model.maps.remove(key);
        }
    }

    private void freeze() {
        if (open.size() < MOST_OPEN) {
            long id = harness.nextCheckpoint();
            CheckpointKind kind =
                    switch (random.nextInt(10)) {
                        case 0, 1 -> CheckpointKind.FULL;
                        case 2, 3 -> CheckpointKind.SAVEPOINT;
                        default -> CheckpointKind.INCREMENTAL;
                    };
            open.add(new Open(id, kind, backend.freeze(id, kind), model.copy()));
        }
    }

    /** The one that is written is restored, and compared, whatever becomes of it. */
    private void writeOne() throws Exception {
        if (open.isEmpty()) {
            return;
        }
        Open one = open.remove(random.nextInt(open.size()));
        if (random.nextInt(6) == 0) {
            one.frozen().close();
            backend.onAborted(one.id());
            return;
        }
        List<StatePart> parts = harness.write(one.frozen(), one.id());
        KeyedBackend again = harness.restored(Types.LONG, parts);
        check(again, one.model());
        again.close();
        if (one.kind() == CheckpointKind.SAVEPOINT) {
            return; // nobody is told of its success
        }
        if (random.nextInt(4) == 0) {
            backend.onAborted(one.id());
        } else if (one.id() > completeId) {
            backend.onComplete(one.id());
            complete = parts;
            completeModel = one.model();
            completeId = one.id();
        }
    }

    private void startAgain() throws Exception {
        open.forEach(one -> one.frozen().close());
        open.clear();
        backend.close();
        backend = harness.restored(Types.LONG, complete);
        model = completeModel.copy();
    }

    private void check(KeyedBackend tested, Model expected) {
        Model found = new Model();
        ValueTable value = tested.values(values);
        for (String namespace : List.of("n0", "n1", "n2")) {
            tested.forEachKey(
                    "v",
                    namespace,
                    key -> {
                        value.setNamespace(namespace);
                        found.values.put(List.of(key, namespace), value.get());
                    });
        }
        ValueTable counter = tested.values(counters);
        tested.forEachKey(
                "c",
                null,
                key ->
                        found.counters.put(
                                key, ((KeyedBackendContract.Counter) counter.get()).count));
        Map<Object, Long> oneMore = new HashMap<>();
        ValueTable number = tested.values(numbers);
        tested.forEachKey("n", null, key -> oneMore.put(key, (Long) number.get() + 1));
        ListTable list = tested.lists(lists);
        tested.forEachKey("l", null, key -> found.lists.put(key, new ArrayList<>(list.get())));
        MapTable map = tested.maps(maps);
        tested.forEachKey(
                "m",
                null,
                key -> {
                    Map<Object, Object> entries = new HashMap<>();
                    map.entries()
                            .forEachRemaining(one -> entries.put(one.getKey(), one.getValue()));
                    found.maps.put(key, entries);
                });
        assertThat(found.values).isEqualTo(expected.values);
        assertThat(found.counters).isEqualTo(expected.counters);
        assertThat(oneMore).isEqualTo(expected.counters);
        assertThat(found.lists).isEqualTo(expected.lists);
        assertThat(found.maps).isEqualTo(expected.maps);
        assertThat(tested.entries())
                .isEqualTo(
                        expected.values.size()
                                + 2 * expected.counters.size()
                                + expected.lists.size()
                                + expected.maps.size());
    }
}
