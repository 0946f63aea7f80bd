package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.batch.sort.SortSettings;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartedFoldsTest {
    private static final ClassLoader LOADER = PartedFoldsTest.class.getClassLoader();

    // The order of a key's records shows in the result.
    private static final PartitionFold IN_ORDER =
            PartitionFold.of(
                    new WindowContents.Reduced(
                            (ReduceFunction<Tuple2<Long, Long>>)
                                    (a, b) -> Tuple2.of(a.f0, a.f1 * 31 + b.f1)));

    @TempDir Path directory;

    private final List<Object> rest = new ArrayList<>();

    private PartedFolds folds(long tableBytes) {
        Serializer<Object> records = Serializers.of(Types.TUPLE(Types.LONG, Types.LONG), LOADER);
        Serializer<Object> partials =
                new PartialSerializer(Serializers.of(null, LOADER), new OrNullSerializer(records));
        return new PartedFolds(
                IN_ORDER,
                record -> ((Tuple2<?, ?>) record).f0,
                new PartedFolds.Memory(
                        tableBytes,
                        SortSettings.of(
                                directory.resolve("spill"),
                                SortSettings.MIN_MEMORY_BYTES,
                                "test.memory"),
                        10_000),
                new ByteMeasure(partials),
                false,
                new KeyedRecordSerializer(List.of(records, partials)),
                (input, value, key, keyHash) -> rest.add(value));
    }

    /** The results by key; each key once. */
    private static Map<Long, Long> run(PartedFolds folds, int rounds, int keys) throws Exception {
        for (long round = 0; round < rounds; round++) {
            for (long key = 0; key < keys; key++) {
                folds.add(Tuple2.of(key, round * key), key, KeyGroups.hash(key));
            }
        }
        Map<Long, Long> results = new HashMap<>();
        Folded result = new Folded();
        KeyedFolds.Step step = KeyedFolds.Step.ON;
        while (step != KeyedFolds.Step.END) {
            step = folds.step(result);
            if (step == KeyedFolds.Step.RESULT) {
                Tuple2<?, ?> pair = (Tuple2<?, ?>) result.result();
                assertThat(result.key()).isEqualTo(pair.f0);
                assertThat(result.keyHash()).isEqualTo(KeyGroups.hash(pair.f0));
                assertThat(results.put((Long) pair.f0, (Long) pair.f1)).as("twice").isNull();
            }
        }
        return results;
    }

    private static Map<Long, Long> expected(int rounds, int keys) {
        Map<Long, Long> results = new HashMap<>();
        for (long key = 0; key < keys; key++) {
            long value = 0;
            for (long round = 0; round < rounds; round++) {
                value = value * 31 + round * key;
            }
            results.put(key, value);
        }
        return results;
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 16777216", // all in the table
        "4000, 131072", // some parts on disk
        "10000, 131072", // most of them
        "40000, 131072" // some of them divided again
    })
    void foldsEachKeysRecordsInTheirOrder(int keys, long tableBytes) throws Exception {
        try (PartedFolds folds = folds(tableBytes)) {
            assertThat(run(folds, 4, keys)).isEqualTo(expected(4, keys));
        }
        assertThat(rest).isEmpty();
        assertThat(directory.resolve("spill")).doesNotExist();
    }

    @Test
    void givesAwayWhatIsTooMuchForTheDeepestTables() throws Exception {
        Map<Long, Long> results;
        try (PartedFolds folds = folds(32 * 1024)) {
            results = run(folds, 1, 20_000);
        }
        assertThat(rest).isNotEmpty();
        for (Object value : rest) {
            Object record = value instanceof Partial partial ? partial.fold : value;
            Tuple2<?, ?> pair = (Tuple2<?, ?>) record;
            assertThat(results.put((Long) pair.f0, (Long) pair.f1)).as("twice").isNull();
        }
        assertThat(results).isEqualTo(expected(1, 20_000));
    }

    @Test
    void givesTheRestWhatIsOnDisk() throws Exception {
        Map<Long, Long> results = new HashMap<>();
        try (PartedFolds folds = folds(1 << 20)) {
            for (long key = 0; key < 10_000; key++) {
                folds.add(Tuple2.of(key, key), key, KeyGroups.hash(key));
            }
            while (folds.giveSpilled()) {
                assertThat(rest).isNotEmpty();
            }
            results.putAll(run(folds, 0, 0));
        }
        assertThat(results).hasSize(10_000 - rest.size()).isNotEmpty();
        for (Object value : rest) {
            Object record = value instanceof Partial partial ? partial.fold : value;
            assertThat(results).doesNotContainKey((Long) ((Tuple2<?, ?>) record).f0);
        }
    }
}
