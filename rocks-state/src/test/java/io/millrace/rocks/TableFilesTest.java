package io.millrace.rocks;

import static io.millrace.runtime.state.BackendHarness.setKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.BackendHarness;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.TableSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;

/** Rows that become files are the rows that were given, whatever the order and the sizes. */
class TableFilesTest {
    private static final ProcessMemory PROCESS = ProcessMemory.of(1L << 30, 1 << 20, 16L << 20);

    @TempDir Path directory;

    private final SharedMemories memories = new SharedMemories(PROCESS, OptionalLong::empty);
    private Database database;
    private ColumnFamilyHandle table;

    @BeforeEach
    void make() throws Exception {
        Path files = Files.createDirectory(directory.resolve("database"));
        database = Database.make(files, memories.use(RocksSettings.from(Config.empty())));
        database.createTable("rows");
        table = database.table("rows");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static BinaryWriter bytes(byte[] some) {
        BinaryWriter out = new BinaryWriter(some.length);
        out.writeBytes(some, 0, some.length);
        return out;
    }

    private Map<String, String> rows() throws Exception {
        Map<String, String> rows = new TreeMap<>();
        try (ReadOptions how = new ReadOptions();
                RocksIterator all = database.iterator(table, how)) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                rows.put(hex(all.key()), hex(all.value()));
            }
            all.status();
        }
        return rows;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** A key of its group: mostly one of few, so that they come again, and long common ones. */
    private static byte[] key(SplittableRandom random, int group) {
        int shared = random.nextInt(4) == 0 ? 9 : 0;
        byte[] key = new byte[2 + shared + random.nextInt(3)];
        random.nextBytes(key);
        Arrays.fill(key, 2, 2 + shared, (byte) 'x');
        key[0] = (byte) (group >>> 8);
        key[1] = (byte) group;
        return key;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100, 100", "500, 2_000", "5_000, 200_000", "1_000_000, 1_000_000"})
    void hasWhatWasGivenLast(String enough, String most) throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        TableFiles files =
                new TableFiles(
                        database,
                        table,
                        Integer.parseInt(enough.replace("_", "")),
                        Integer.parseInt(most.replace("_", "")));
        Map<String, String> expected = new TreeMap<>();
        int changes = enough.equals("1") ? 60 : 3_000;
        for (int i = 0; i < changes; i++) {
            // The last ones are of another part of the checkpoint, and go through all groups again.
            int group = i < changes * 2 / 3 ? i * 400 / changes : i % 300;
            byte[] key = key(random, group);
            if (random.nextInt(10) == 0) {
                files.remove(group, bytes(key));
                expected.remove(hex(key));
            } else {
                byte[] value = new byte[random.nextInt(20) == 0 ? 5_000 : random.nextInt(20)];
                random.nextBytes(value);
                files.put(group, bytes(key), bytes(value));
                expected.put(hex(key), hex(value));
            }
        }
        files.finish();

        assertThat(rows()).isEqualTo(expected).isNotEmpty();
        assertThat(leftOver()).isEmpty();
    }

    private List<Path> leftOver() throws Exception {
        try (Stream<Path> all = Files.list(directory.resolve("database"))) {
            return all.filter(path -> path.toString().endsWith(".rows")).toList();
        }
    }

    @Test
    void writesNothingOfNothing() throws Exception {
        new TableFiles(database, table).finish();

        assertThat(rows()).isEmpty();
    }

    @Test
    void saysWhatCouldNotBeWritten() throws Exception {
        Path inTheWay = database.newFile(table.getID() + "-0");
        Files.createDirectories(inTheWay.resolve("of-somebody"));
        TableFiles files = new TableFiles(database, table, 10, 1_000);
        files.put(0, bytes(new byte[20]), bytes(new byte[20]));

        assertThatThrownBy(files::finish)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(inTheWay.toString())
                .hasMessageContaining("See whether the disk is full");
    }

    @Test
    void bringsBackStateThatIsMoreThanAFile() throws Exception {
        try (BackendHarness harness =
                new BackendHarness(
                        new RocksBackendProvider(memories), directory.resolve("backend"))) {
            TableSpec spec =
                    new TableSpec(
                            "large",
                            TableSpec.Shape.VALUE,
                            null,
                            null,
                            harness.serializer(Types.STRING));
            KeyedBackend backend = harness.backend(Types.LONG);
            String tail = "-".repeat(400);
            int keys = 30_000;
            for (long key = 0; key < keys; key++) {
                setKey(backend, key);
                backend.values(spec).put(key + tail);
            }
            List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.SAVEPOINT);

            KeyedBackend restored = harness.restored(Types.LONG, parts);

            for (long key = 0; key < keys; key++) {
                setKey(restored, key);
                assertThat(restored.values(spec).get()).isEqualTo(key + tail);
            }
        }
    }
}
