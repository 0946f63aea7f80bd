package io.millrace.runtime.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A row against a sorted map, through random changes. */
class SliceRowTest {
    private static final long RANGE = 12;

    @Test
    void isASortedMapFromStartsToValues() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            SliceRow row = new SliceRow(false, random.nextInt(4));
            TreeMap<Long, Object> expected = new TreeMap<>();
            for (int step = 0; step < 60; step++) {
                change(row, expected, random);
                assertThat(contents(row)).as("seed %d, step %d", seed, step).isEqualTo(expected);
                assertFinds(row, expected);
            }
        }
    }

    private static void change(SliceRow row, TreeMap<Long, Object> expected, Random random) {
        long start = random.nextLong(RANGE);
        int at = row.find(start);
        switch (random.nextInt(5)) {
            case 0 -> {
                if (at >= 0) {
                    row.remove(at);
                    expected.remove(start);
                }
            }
            case 1 -> {
                int count = random.nextInt(expected.size() + 1);
                row.removeFirst(count);
                for (int i = 0; i < count; i++) {
                    expected.pollFirstEntry();
                }
            }
            default -> {
                Object value = random.nextInt();
                if (at >= 0) {
                    row.set(at, value);
                } else {
                    row.insert(~at, start, value);
                }
                expected.put(start, value);
            }
        }
    }

    private static Map<Long, Object> contents(SliceRow row) {
        Map<Long, Object> found = new TreeMap<>();
        for (int i = 0; i < row.size; i++) {
            found.put(row.start(i), row.value(i));
        }
        return found;
    }

    private static void assertFinds(SliceRow row, TreeMap<Long, Object> expected) {
        List<Long> starts = new ArrayList<>(expected.keySet());
        for (long start = -1; start <= RANGE; start++) {
            int before = expected.headMap(start).size();
            assertThat(row.find(start)).isEqualTo(starts.contains(start) ? before : ~before);
            assertThat(row.firstFrom(start)).isEqualTo(before);
        }
    }
}
