package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTableTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void behavesLikeAMapAlsoWithManyEqualHashes(long seed) {
        Random random = new Random(seed);
        KeyTable table = new KeyTable();
        Map<Integer, Integer> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            Integer key = random.nextInt(5_000);
            int hash = key / 4;
            int slot = table.slotOf(key, hash);
            if (table.keyAt(slot) == null) {
                table.insert(slot, key, hash, 1);
            } else {
                table.update(slot, (Integer) table.valueAt(slot) + 1);
            }
            expected.merge(key, 1, Integer::sum);
        }

        assertThat(table.size()).isEqualTo(expected.size());
        Map<Object, Object> found = new HashMap<>();
        for (int slot = 0; slot < table.slots(); slot++) {
            if (table.keyAt(slot) != null) {
                assertThat(table.hashAt(slot)).isEqualTo((Integer) table.keyAt(slot) / 4);
                found.put(table.keyAt(slot), table.valueAt(slot));
            }
        }
        assertThat(found).isEqualTo(expected);

        int[] hashes = random.ints(256, 0, 2_000).toArray();
        table.touch(hashes, hashes.length);
        assertThat(table.size()).as("touching changes nothing").isEqualTo(expected.size());

        table.clear();
        assertThat(table.size()).isZero();
        assertThat(table.keyAt(table.slotOf(1, 0))).isNull();
    }
}
