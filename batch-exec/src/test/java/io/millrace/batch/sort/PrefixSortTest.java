package io.millrace.batch.sort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrefixSortTest {
    private static final int PAIRS = 5_000;

    enum Shape {
        RANDOM(i -> new Random(i).nextLong()),
        FEW_VALUES(i -> new Random(i).nextInt(3)),
        EQUAL(i -> 7),
        ASCENDING(i -> i),
        DESCENDING(i -> -i),
        ORGAN_PIPE(i -> Math.min(i, PAIRS - i)),
        EXTREMES(i -> new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1}[i % 4]);

        private final IntToLongFunction prefix;

        Shape(IntToLongFunction prefix) {
            this.prefix = prefix;
        }

        long[] pairs() {
            Integer[] places = new Integer[PAIRS];
            Arrays.setAll(places, i -> i);
            java.util.Collections.shuffle(Arrays.asList(places), new Random(1));
            long[] pairs = new long[2 * PAIRS];
            for (int i = 0; i < PAIRS; i++) {
                pairs[2 * i] = prefix.applyAsLong(i);
                pairs[2 * i + 1] = places[i];
            }
            return pairs;
        }
    }

    private static long[] expected(long[] pairs, int from, int to) {
        long[][] rows = new long[to - from][];
        for (int i = from; i < to; i++) {
            rows[i - from] = new long[] {pairs[2 * i], pairs[2 * i + 1]};
        }
        Arrays.sort(
                rows, Comparator.<long[]>comparingLong(row -> row[0]).thenComparing(row -> row[1]));
        long[] sorted = pairs.clone();
        for (int i = from; i < to; i++) {
            sorted[2 * i] = rows[i - from][0];
            sorted[2 * i + 1] = rows[i - from][1];
        }
        return sorted;
    }

    @ParameterizedTest
    @EnumSource
    void sortsByPrefixThenPlace(Shape shape) {
        long[] pairs = shape.pairs();
        long[] expected = expected(pairs, 10, PAIRS - 10);

        PrefixSort.sort(pairs, 10, PAIRS - 10);

        assertThat(pairs).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void sortsAlsoWherePivotsAreBad(Shape shape) {
        long[] pairs = shape.pairs();
        long[] expected = expected(pairs, 3, PAIRS);

        PrefixSort.heapSort(pairs, 3, PAIRS - 1);

        assertThat(pairs).isEqualTo(expected);
    }

    @Test
    void sortsNothing() {
        long[] pairs = {2, 1};

        PrefixSort.sort(pairs, 0, 0);
        PrefixSort.sort(pairs, 0, 1);

        assertThat(pairs).containsExactly(2, 1);
    }
}
