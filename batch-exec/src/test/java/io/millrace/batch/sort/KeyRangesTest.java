package io.millrace.batch.sort;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRangesTest {
    private static final ClassLoader LOADER = KeyRangesTest.class.getClassLoader();

    /** A class of which no bytes are known. */
    private record Version(int number) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            return Integer.compare(number, other.number);
        }
    }

    private static KeyNormalizer<Object> found(boolean ascending) {
        return SortKeys.of(null, ascending, LOADER);
    }

    private static <K extends Comparable<K>> void checkAgainstCounting(
            boolean ascending, Function<Random, K> keyOf) {
        Random random = new Random(11);
        Comparator<K> order =
                ascending ? Comparator.naturalOrder() : Comparator.<K>naturalOrder().reversed();
        for (int beginnings = 0; beginnings < 20; beginnings++) {
            TreeSet<K> chosen = new TreeSet<>(order);
            for (int i = 0; i < beginnings; i++) {
                chosen.add(keyOf.apply(random));
            }
            KeyRanges ranges = new KeyRanges(found(ascending), new ArrayList<>(chosen));
            assertThat(ranges.count()).isEqualTo(chosen.size() + 1);
            List<K> asked = new ArrayList<>(chosen);
            for (int i = 0; i < 50; i++) {
                asked.add(keyOf.apply(random));
            }
            for (K key : asked) {
                assertThat(ranges.rangeOf(key))
                        .isEqualTo(
                                (int)
                                        chosen.stream()
                                                .filter(begin -> order.compare(begin, key) <= 0)
                                                .count());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsTheRangeThatCountingFinds(boolean ascending) {
        checkAgainstCounting(ascending, random -> random.nextLong());
        checkAgainstCounting(ascending, random -> random.nextInt(9));
        checkAgainstCounting(ascending, random -> "key-" + random.nextInt(300));
        checkAgainstCounting(
                ascending, random -> random.nextInt() + "x".repeat(80) + random.nextInt(3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asksKeysWhereTheirBytesDoNotTell(boolean ascending) {
        checkAgainstCounting(ascending, random -> new Version(random.nextInt(40)));
        checkAgainstCounting(ascending, random -> "x".repeat(90) + random.nextInt(30));
        checkAgainstCounting(
                ascending,
                random -> BigDecimal.valueOf(random.nextInt(50)).add(new BigDecimal("1e40")));
    }

    @Test
    void dividesKeysOfSeveralFields() {
        TypeInformation<?> type = Types.TUPLE(Types.STRING, Types.LONG);
        KeyRanges ranges =
                new KeyRanges(
                        SortKeys.of(type, true, LOADER),
                        List.of(Tuple2.of("b", 5L), Tuple2.of("c", 1L)));

        assertThat(ranges.rangeOf(Tuple2.of("b", 4L))).isZero();
        assertThat(ranges.rangeOf(Tuple2.of("b", 5L))).isEqualTo(1);
        assertThat(ranges.rangeOf(Tuple2.of("bb", 0L))).isEqualTo(1);
        assertThat(ranges.rangeOf(Tuple2.of("c", 1L))).isEqualTo(2);
    }

    @Test
    void tellsRangesApartByTheirFingerprint() {
        KeyRanges one = new KeyRanges(found(true), List.of("a", "b"));

        assertThat(one.fingerprint())
                .isEqualTo(new KeyRanges(found(true), List.of("a", "b")).fingerprint())
                .isNotEqualTo(new KeyRanges(found(true), List.of("a", "c")).fingerprint())
                .isNotEqualTo(new KeyRanges(found(true), List.of("a")).fingerprint());
    }
}
