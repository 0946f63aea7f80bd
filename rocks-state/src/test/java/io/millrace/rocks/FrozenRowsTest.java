package io.millrace.rocks;

import static io.millrace.runtime.state.BackendHarness.setKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.state.BackendHarness;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.KeyedBackendProvider;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.ListTable;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import io.millrace.runtime.state.heap.HeapBackendProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of a database, joined with what was in memory only: the state as it was at the freeze. */
class FrozenRowsTest {
    private static final int ROOMY = 64 << 20;
    private static final int KEYS = 3000;

    @TempDir Path directory;

    private SharedMemories memories;
    private KeyedBackendProvider provider;
    private BackendHarness harness;
    private KeyedBackend backend;
    private TableSpec accounts;
    private TableSpec windows;
    private TableSpec lists;
    private TableSpec maps;
    private final Random random = new Random(7);
    private Model model = new Model();

    /** A value that programs change in place. */
    public static class Account {
        public long balance;
        public String owner;

        public Account() {}

        Account(long balance, String owner) {
            this.balance = balance;
            this.owner = owner;
        }

        private String text() {
            return balance + " of " + owner;
        }
    }

    /** What is or should be there. */
    private static final class Model {
        final Map<Object, String> accounts = new HashMap<>();
        final Map<List<Object>, Object> windows = new HashMap<>();
        final Map<Object, List<Object>> lists = new HashMap<>();
        final Map<Object, Map<Object, Object>> maps = new HashMap<>();

        Model copy() {
            Model copy = new Model();
            copy.accounts.putAll(accounts);
            copy.windows.putAll(windows);
            lists.forEach((key, list) -> copy.lists.put(key, new ArrayList<>(list)));
            maps.forEach((key, map) -> copy.maps.put(key, new HashMap<>(map)));
            return copy;
        }
    }

    private void open(int heapBytes) throws Exception {
        ProcessMemory process = ProcessMemory.of(1L << 30, heapBytes, 16L << 20);
        memories = new SharedMemories(process, OptionalLong::empty);
        provider = new RocksBackendProvider(memories);
        harness =
                new BackendHarness(
                        new KeyedBackendProvider() {
                            @Override
                            public String name() {
                                return provider.name();
                            }

                            @Override
                            public KeyedBackend create(KeyedBackendRequest request)
                                    throws Exception {
                                return provider.create(request);
                            }
                        },
                        directory);
        var longs = harness.serializer(Types.LONG);
        var strings = harness.serializer(Types.STRING);
        var pojos = harness.serializer(Types.POJO(Account.class));
        accounts = new TableSpec("a", TableSpec.Shape.VALUE, null, null, pojos);
        windows = new TableSpec("w", TableSpec.Shape.VALUE, strings, null, longs);
        lists = new TableSpec("l", TableSpec.Shape.LIST, null, null, longs);
        maps = new TableSpec("m", TableSpec.Shape.MAP, null, longs, strings);
        backend = harness.backend(Types.LONG);
    }

    @AfterEach
    void closeBackends() {
        harness.close();
    }

    private void change(int times) {
        for (int i = 0; i < times; i++) {
            Long key = (long) random.nextInt(KEYS);
            setKey(backend, key);
            changeAccount(key);
            changeWindow(key);
            changeList(key);
            changeMap(key);
        }
    }

    private void changeAccount(Long key) {
        ValueTable table = backend.values(accounts);
        Account account = (Account) table.get();
        if (account != null && random.nextInt(4) == 0) {
            table.remove();
            model.accounts.remove(key);
            return;
        }
        if (account == null) {
            account = new Account(0, "customer " + key);
        }
        account.balance += random.nextInt(100);
        table.put(account);
        model.accounts.put(key, account.text());
    }

    private void changeWindow(Long key) {
        String window = "w" + random.nextInt(3);
        ValueTable table = backend.values(windows);
        table.setNamespace(window);
        if (random.nextInt(3) == 0) {
            table.remove();
            model.windows.remove(List.of(key, window));
        } else {
            Long value = random.nextLong();
            table.put(value);
            model.windows.put(List.of(key, window), value);
        }
    }

    private void changeList(Long key) {
        ListTable table = backend.lists(lists);
        Long element = random.nextLong();
        switch (random.nextInt(6)) {
            case 0 -> {
                table.remove();
                model.lists.remove(key);
            }
            case 1 -> {
                table.replace(List.of(element));
                model.lists.put(key, new ArrayList<>(List.of(element)));
            }
            default -> {
                table.add(element);
                model.lists.computeIfAbsent(key, unused -> new ArrayList<>()).add(element);
            }
        }
    }

    private void changeMap(Long key) {
        MapTable table = backend.maps(maps);
        Map<Object, Object> map = model.maps.computeIfAbsent(key, unused -> new HashMap<>());
        Long mapKey = (long) random.nextInt(4);
        switch (random.nextInt(10)) {
            case 0 -> {
                table.clear();
                map.clear();
            }
            case 1, 2, 3 -> {
                table.remove(mapKey);
                map.remove(mapKey);
            }
            case 4 -> {
                table.put(mapKey, null);
                map.put(mapKey, null);
            }
            default -> {
                table.put(mapKey, "text " + mapKey);
                map.put(mapKey, "text " + mapKey);
            }
        }
        if (map.isEmpty()) {
            model.maps.remove(key);
        }
    }

    /** The other back end must read the same. */
    private void check(List<StatePart> parts, Model expected) throws Exception {
        provider = new HeapBackendProvider();
        check(harness.restored(Types.LONG, parts), expected);
        provider = new RocksBackendProvider(memories);
    }

    private void check(KeyedBackend tested, Model expected) {
        Model found = new Model();
        ValueTable account = tested.values(accounts);
        tested.forEachKey(
                "a", null, key -> found.accounts.put(key, ((Account) account.get()).text()));
        ValueTable value = tested.values(windows);
        for (String window : List.of("w0", "w1", "w2")) {
            tested.forEachKey(
                    "w",
                    window,
                    key -> {
                        value.setNamespace(window);
                        found.windows.put(List.of(key, window), value.get());
                    });
        }
        ListTable list = tested.lists(lists);
        tested.forEachKey("l", null, key -> found.lists.put(key, new ArrayList<>(list.get())));
        MapTable map = tested.maps(maps);
        tested.forEachKey(
                "m",
                null,
                key -> {
                    Map<Object, Object> entries = new HashMap<>();
                    map.entries().forEachRemaining(e -> entries.put(e.getKey(), e.getValue()));
                    found.maps.put(key, entries);
                });
        assertThat(found.accounts).isEqualTo(expected.accounts);
        assertThat(found.windows).isEqualTo(expected.windows);
        assertThat(found.lists).isEqualTo(expected.lists);
        assertThat(found.maps).isEqualTo(expected.maps);
    }

    private CompletableFuture<List<StatePart>> inTheBackground(FrozenState frozen, long id) {
        SegmentOutput out = harness.segments().file("file-" + id);
        return CompletableFuture.supplyAsync(
                () -> {
                    try (frozen) {
                        return frozen.writeTo(out);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** With nearly all in the database, some of it, and nothing. */
    @ParameterizedTest
    @CsvSource({"200000, SAVEPOINT", "2000000, SAVEPOINT", "64000000, SAVEPOINT", "2000000, FULL"})
    void areTheStateAtTheFreezeWhateverTheTaskDoesMeanwhile(int heapBytes, CheckpointKind kind)
            throws Exception {
        open(heapBytes);
        for (int round = 0; round < 6; round++) {
            change(1500);
            CompletableFuture<List<StatePart>> earlier = null;
            Model atEarlier = model.copy();
            if (round % 3 == 1) {
                // Its changes are on their way to the database when the rows are frozen.
                long id = harness.nextCheckpoint();
                FrozenState files = backend.freeze(id, CheckpointKind.INCREMENTAL);
                change(200);
                earlier = inTheBackground(files, id);
            }
            Model atFreeze = model.copy();
            long id = harness.nextCheckpoint();
            var written = inTheBackground(backend.freeze(id, kind), id);
            change(500);
            if (round % 3 == 2) {
                // They go to the database while the rows are read.
                Model atLater = model.copy();
                long later = harness.nextCheckpoint();
                var files =
                        inTheBackground(backend.freeze(later, CheckpointKind.INCREMENTAL), later);
                change(500);
                check(harness.restored(Types.LONG, files.get()), atLater);
            }

            check(written.get(), atFreeze);
            if (earlier != null) {
                check(harness.restored(Types.LONG, earlier.get()), atEarlier);
            }
        }
        check(backend, model);
        check(harness.checkpoint(backend, kind), model);
    }

    /** They are too large for all of their entries to be brought to memory before they go. */
    @Test
    void largeMapsThatWereClearedAreGone() throws Exception {
        open(200_000);
        MapTable map = backend.maps(maps);
        for (long key = 0; key < 3; key++) {
            setKey(backend, key);
            Map<Object, Object> expected = new HashMap<>();
            for (long mapKey = 0; mapKey < 5000; mapKey++) {
                map.put(mapKey, "text");
                expected.put(mapKey, "text");
            }
            model.maps.put(key, expected);
        }
        harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        setKey(backend, 0L);
        map.clear();
        model.maps.remove(0L);
        setKey(backend, 1L);
        map.clear();
        map.put(7L, "new");
        model.maps.put(1L, Map.of(7L, "new"));
        setKey(backend, 2L);
        map.put(7L, "new");
        map.remove(8L);
        model.maps.get(2L).put(7L, "new");
        model.maps.get(2L).remove(8L);

        check(harness.checkpoint(backend, CheckpointKind.SAVEPOINT), model);
    }

    @Test
    void whatIsOnlyInMemoryStaysThereAndGoesIntoTheNextCheckpoint() throws Exception {
        open(ROOMY);
        change(2000);
        List<StatePart> saved = harness.checkpoint(backend, CheckpointKind.SAVEPOINT);
        Database database = ((RocksKeyedBackend) backend).database();

        assertThat(database.estimatedKeys(database.table("a/0"))).isZero();

        check(saved, model);
        List<StatePart> files = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        assertThat(database.estimatedKeys(database.table("a/0"))).isPositive();
        check(harness.restored(Types.LONG, files), model);
    }

    @Test
    void nothingIsLostWhenTheyCannotBeWritten() throws Exception {
        open(2_000_000);
        change(3000);
        for (int failAt = 0; failAt < 3; failAt++) {
            long id = harness.nextCheckpoint();
            int[] left = {failAt};
            SegmentOutput out = harness.segments().file("file-" + id);
            try (FrozenState frozen = backend.freeze(id, CheckpointKind.SAVEPOINT)) {
                change(100);
                assertThatThrownBy(
                                () ->
                                        frozen.writeTo(
                                                body -> {
                                                    if (left[0]-- == 0) {
                                                        throw new IOException("no space is left");
                                                    }
                                                    return out.append(body);
                                                }))
                        .hasMessage("no space is left");
            }
            backend.onAborted(id);
            change(100);
        }

        check(backend, model);
        check(harness.checkpoint(backend, CheckpointKind.SAVEPOINT), model);
        check(
                harness.restored(
                        Types.LONG, harness.checkpoint(backend, CheckpointKind.INCREMENTAL)),
                model);
    }

    @Test
    void whatIsGivenUpWhileItIsWrittenIsNoSuccess() throws Exception {
        open(ROOMY);
        change(2000);
        long id = harness.nextCheckpoint();
        FrozenState frozen = backend.freeze(id, CheckpointKind.SAVEPOINT);
        SegmentOutput out = harness.segments().file("file-" + id);

        assertThatThrownBy(
                        () ->
                                frozen.writeTo(
                                        body -> {
                                            frozen.close();
                                            return out.append(body);
                                        }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("given up");

        change(100);
        check(harness.checkpoint(backend, CheckpointKind.SAVEPOINT), model);
    }

    @Test
    void whatIsGivenUpBeforeItIsWrittenKeepsNothing() throws Exception {
        open(ROOMY);
        change(2000);
        FrozenState frozen = backend.freeze(harness.nextCheckpoint(), CheckpointKind.SAVEPOINT);
        frozen.close();
        frozen.close();
        assertThatThrownBy(() -> frozen.writeTo(harness.segments().file("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("given up");

        change(2000);
        check(backend, model);
        check(harness.checkpoint(backend, CheckpointKind.SAVEPOINT), model);
    }
}
