package io.millrace.connector.parquet.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesRangeTest {
    private static final int ROUNDS = 20_000;

    /** Adds all of them, from an array that ends with the last one. */
    private static BytesRange range(List<byte[]> values) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        values.forEach(all::writeBytes);
        BytesRange range = new BytesRange(all.toByteArray());
        int at = 0;
        for (byte[] value : values) {
            range.add(at, value.length);
            at += value.length;
        }
        return range;
    }

    private static void requireRange(List<byte[]> values) {
        List<byte[]> sorted = new ArrayList<>(values);
        sorted.sort(Arrays::compareUnsigned);
        BytesRange range = range(values);
        assertThat(range.least().getBytes()).isEqualTo(sorted.get(0));
        assertThat(range.greatest().getBytes()).isEqualTo(sorted.get(sorted.size() - 1));
    }

    private static void requireRange(String... values) {
        requireRange(
                Arrays.stream(values)
                        .map(each -> each.getBytes(StandardCharsets.ISO_8859_1))
                        .toList());
    }

    @Test
    void shortValuesAreOrderedAsLongOnesAre() {
        requireRange("b", "", "a", "c", "ab", "ba", "c");
        requireRange("Amsterdam", "Hamburg", "Gdansk", "Hamburger", "Amster", "Firenze");
        requireRange(
                "customer 1", "customer 9", "customer 10", "customer", "customer 95", "custom");
    }

    @Test
    void zerosThatAreThereCountMoreThanNothing() {
        requireRange("a", "a\0", "a\0\0\0\0\0\0\0\0", "a\0\0", "a");
        requireRange("a\0\0b", "a", "a\0\0a", "a\0\0", "a\0\0b\0");
    }

    @Test
    void bytesAreUnsigned() {
        requireRange("\u007f", "\u0080", "\u00ff", "a\u00ff", "\u00ff\u00ff", "\0");
    }

    @Test
    void leastAndGreatestOfRandomValuesAreThoseOfASort() {
        Random random = new Random(7);
        byte[] letters = {0, 1, 'a', 'b', (byte) 0x80, (byte) 0xFF};
        for (int round = 0; round < ROUNDS; round++) {
            byte[] prefix = new byte[random.nextInt(20)];
            random.nextBytes(prefix);
            List<byte[]> values = new ArrayList<>();
            for (int i = 1 + random.nextInt(12); i > 0; i--) {
                byte[] value = Arrays.copyOf(prefix, random.nextInt(prefix.length + 12));
                for (int at = Math.max(0, prefix.length - random.nextInt(3));
                        at < value.length;
                        at++) {
                    value[at] = letters[random.nextInt(letters.length)];
                }
                values.add(value);
            }
            requireRange(values);
        }
    }
}
