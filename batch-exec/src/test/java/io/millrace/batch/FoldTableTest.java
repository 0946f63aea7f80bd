package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.WindowContents;
import io.millrace.api.tuple.Tuple2;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldTableTest {
    private static final PartitionFold LISTING =
            PartitionFold.of(new WindowContents.Aggregated(new Listing(), Listing.VALUES));
    private static final PartitionFold REDUCING =
            PartitionFold.of(new WindowContents.Reduced((a, b) -> a));
    private static final FoldSizes.Measure NUMBERS =
            (key, value) -> value instanceof List<?> numbers ? 8 * numbers.size() : 20;

    private static boolean add(FoldTable table, String key, long number) throws Exception {
        return table.fold(key, key.hashCode(), Tuple2.of(key, number));
    }

    private static List<String> left(FoldTable table) {
        List<String> keys = new ArrayList<>();
        FoldTable.Walk walk = table.walk();
        while (walk.advance()) {
            if (walk.isTaken()) {
                keys.add((String) ((Tuple2<?, ?>) walk.value()).f0);
            }
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isFullOfManyKeys(boolean grows) throws Exception {
        FoldTable table = new FoldTable(REDUCING, NUMBERS, grows, 1 << 20, 0, Long.MAX_VALUE);
        int keys = 0;
        while (!table.isFull()) {
            add(table, "key" + keys++, 1);
        }
        assertThat(keys).isBetween(4_000, 8_000);
    }

    @Test
    void isFullOfFewKeysWhoseValuesGrow() throws Exception {
        FoldTable table = new FoldTable(LISTING, NUMBERS, true, 1 << 20, 0, Long.MAX_VALUE);
        int records = 0;
        while (!table.isFull()) {
            add(table, "key" + records++ % 7, 1);
        }
        // 16 bytes in memory for each; looked at when they have doubled.
        assertThat(records).isBetween(1 << 15, 1 << 17);
    }

    @Test
    void isFullOfManyKeysWhoseValuesGrowALittle() throws Exception {
        FoldTable table = new FoldTable(LISTING, NUMBERS, true, 1 << 20, 0, Long.MAX_VALUE);
        int records = 0;
        while (!table.isFull()) {
            add(table, "key" + records++ % 2_000, 1);
        }
        assertThat(records).isBetween(20_000, 100_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesAwayWholePartsAndTakesNoMoreOfThem(boolean grows) throws Exception {
        FoldTable table = new FoldTable(REDUCING, NUMBERS, grows, 1 << 20, 0, Long.MAX_VALUE);
        for (int i = 0; i < 5_000; i++) {
            add(table, "key" + i, i);
        }
        Map<Object, Object> given = new HashMap<>();

        assertThat(table.giveLargest((key, hash, value) -> given.put(key, value) == null)).isTrue();

        assertThat(given).hasSizeBetween(40, 150);
        assertThat(table.size()).isEqualTo(5_000 - given.size());
        for (int i = 0; i < 5_000; i++) {
            String key = "key" + i;
            assertThat(add(table, key, i)).isEqualTo(!given.containsKey(key));
        }
    }

    @Test
    void keepsFrequentKeysOfAPartThatIsGivenAway() throws Exception {
        FoldTable table = new FoldTable(REDUCING, NUMBERS, true, 1 << 20, 0, Long.MAX_VALUE);
        for (int i = 0; i < 5_000; i++) {
            add(table, "key" + i, i);
            add(table, "frequent" + i % 20, i);
        }
        Set<Object> given = new HashSet<>();
        for (int i = 0; i < table.parts(); i++) {
            table.giveLargest((key, hash, value) -> given.add(key));
        }
        assertThat(given).hasSize(5_000).noneMatch(key -> key.toString().startsWith("frequent"));
        assertThat(left(table)).hasSize(20).allMatch(key -> key.startsWith("frequent"));
    }

    @Test
    void givesAwayFrequentKeysLast() throws Exception {
        FoldTable table = new FoldTable(REDUCING, NUMBERS, true, 1 << 20, 0, Long.MAX_VALUE);
        for (int i = 0; i < 5_000; i++) {
            add(table, "key" + i, i);
            add(table, "frequent" + i % 20, i);
        }
        Set<Object> given = new HashSet<>();
        while (table.giveLargest((key, hash, value) -> given.add(key))) {
            assertThat(table.size()).isEqualTo(5_020 - given.size());
        }
        assertThat(given).hasSize(5_020);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsWhatNobodyCanTake(boolean grows) throws Exception {
        FoldTable table = new FoldTable(REDUCING, NUMBERS, grows, 1 << 20, 0, Long.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            add(table, "key" + i, i);
        }
        while (table.giveLargest((key, hash, value) -> !key.equals("key7"))) {
            assertThat(table.size()).isPositive();
        }
        assertThat(add(table, "key7", 1)).isTrue();
        assertThat(add(table, "key8", 1)).isFalse();
        assertThat(left(table)).containsExactly("key7");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesNothingOnceAllPartsAreGivenAway(boolean grows) throws Exception {
        FoldTable table = new FoldTable(REDUCING, NUMBERS, grows, 4 << 20, 0, Long.MAX_VALUE);
        int[] hashes = new int[10_000];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = ("key" + i).hashCode();
            add(table, "key" + i, i);
        }
        Set<Object> given = new HashSet<>();
        while (table.giveLargest((key, hash, value) -> given.add(key))) {
            table.expect(hashes, hashes.length);
        }

        assertThat(given).hasSize(hashes.length);
        for (int i = 0; i < hashes.length; i++) {
            assertThat(add(table, "key" + i, i)).isFalse();
        }
        assertThat(table.size()).isZero();
        assertThat(left(table)).isEmpty();
    }
}
