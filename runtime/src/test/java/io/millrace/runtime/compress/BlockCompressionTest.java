package io.millrace.runtime.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockCompressionTest {
    private static final byte[] TEXT =
            "a text that has been said before; ".repeat(500).getBytes(StandardCharsets.US_ASCII);

    private static byte[] roundTrip(BlockCompression compression, byte[] raw) {
        byte[] stored = new byte[compression.maxBytes(raw.length) + 5];
        int length = compression.compress(raw, 0, raw.length, stored, 5);
        byte[] back = new byte[raw.length + 3];
        compression.decompress(stored, 5, length, back, raw.length);
        return Arrays.copyOf(back, raw.length);
    }

    @ParameterizedTest
    @EnumSource
    void givesBackWhatWasCompressed(BlockCompression compression) {
        byte[] noise = new byte[70_000];
        new Random(4).nextBytes(noise);

        assertThat(roundTrip(compression, TEXT)).isEqualTo(TEXT);
        assertThat(roundTrip(compression, noise)).isEqualTo(noise);
        assertThat(roundTrip(compression, new byte[1])).isEqualTo(new byte[1]);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void makesTextSmaller(BlockCompression compression) {
        byte[] stored = new byte[compression.maxBytes(TEXT.length)];

        assertThat(compression.compress(TEXT, 0, TEXT.length, stored, 0))
                .isLessThan(TEXT.length / 10);
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoBlock(BlockCompression compression) {
        byte[] noise = new byte[200];
        new Random(4).nextBytes(noise);
        byte[] stored = new byte[compression.maxBytes(TEXT.length)];
        int length = compression.compress(TEXT, 0, TEXT.length, stored, 0);

        assertThatThrownBy(() -> compression.decompress(noise, 0, 150, new byte[1_000]))
                .isInstanceOf(BrokenBlockException.class);
        assertThatThrownBy(
                        () -> compression.decompress(stored, 0, length, new byte[TEXT.length], 100))
                .isInstanceOf(BrokenBlockException.class);
    }
}
