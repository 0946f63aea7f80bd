package io.millrace.api.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StringUtilsTest {
    @Test
    void printsBytesArraysAndControlCharacters() {
        assertThat(StringUtils.byteToHexString(new byte[] {1, (byte) 0xAB, 3}, 1, 3))
                .isEqualTo("ab03");
        assertThat(StringUtils.hexStringToByte("ab03")).containsExactly((byte) 0xAB, 3);
        assertThat(StringUtils.arrayAwareToString(new Object[] {1, new int[] {2, 3}, null}))
                .isEqualTo("[1, [2, 3], null]");
        assertThat(StringUtils.showControlCharacters("a\tb\n")).isEqualTo("a\\tb\\n");
        assertThat(StringUtils.toQuotedListString(new Object[] {"A", "b"}))
                .isEqualTo("\"a\", \"b\"");
    }

    @Test
    void readsWhatItWrote() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(8);
        StringUtils.writeString("häß\uD83D\uDE00", out);
        StringUtils.writeNullableString(null, out);
        StringUtils.writeNullableString("x", out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(StringUtils.readString(in)).isEqualTo("häß\uD83D\uDE00");
        assertThat(StringUtils.readNullableString(in)).isNull();
        assertThat(StringUtils.readNullableString(in)).isEqualTo("x");
    }

    @Test
    void refusesALengthThatCannotBe() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(8);
        out.writeInt(-1);
        assertThatThrownBy(
                        () ->
                                StringUtils.readString(
                                        new DataInputDeserializer(out.getCopyOfBuffer())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void makesRandomTextWithinItsBounds() {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            assertThat(StringUtils.getRandomString(random, 2, 4, 'a', 'c')).matches("[abc]{2,4}");
            assertThat(StringUtils.getRandomString(random, 3, 3)).hasSize(3);
        }
        assertThat(StringUtils.generateRandomAlphanumericString(random, 9))
                .matches("[0-9A-Za-z]{9}");
    }

    @Test
    void joinsWhatIsThere() {
        assertThat(StringUtils.concatenateWithAnd("a", null)).isEqualTo("a");
        assertThat(StringUtils.concatenateWithAnd(null, null)).isNull();
        assertThat(StringUtils.concatenateWithAnd("a", "b")).isEqualTo("a and b");
        assertThat(StringUtils.isNullOrWhitespaceOnly(" \t")).isTrue();
        assertThat(StringUtils.isNullOrWhitespaceOnly("a")).isFalse();
    }
}
