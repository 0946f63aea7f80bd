package io.millrace.batch.shuffle.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.batch.shuffle.node.RangeHead.BadAnswerException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHeadTest {
    private static byte[] head(String name, long bytes, int range) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ServiceFake.writeHead(out, name, bytes, range);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 255, 256, 65_535, 1 << 20, 1L << 32, 1L << 55})
    void readsNumbersOfEachLength(long bytes) {
        RangeHead head = new RangeHead();
        byte[] written = head("a result", bytes, 300);
        for (int i = 0; i < written.length; i++) {
            assertThat(head.add(written[i])).as("byte %d", i).isEqualTo(i == written.length - 1);
        }
        assertThat(head.name()).isEqualTo("a result");
        assertThat(head.storedBytes()).isEqualTo(bytes);
        assertThat(head.range()).isEqualTo(300);
    }

    @Test
    void readsWhatHadoopWrites() {
        // The head of MapReduce for attempt_1_0001_m_000001_0, 5 of 10 bytes, reduce 0.
        byte[] name = "attempt_1_0001_m_000001_0".getBytes(StandardCharsets.US_ASCII);
        byte[] written = new byte[name.length + 4];
        written[0] = 25;
        System.arraycopy(name, 0, written, 1, name.length);
        written[name.length + 1] = 5;
        written[name.length + 2] = 10;
        RangeHead head = new RangeHead();
        boolean whole = false;
        for (byte each : written) {
            whole = head.add(each);
        }
        assertThat(whole).isTrue();
        assertThat(head.name()).isEqualTo("attempt_1_0001_m_000001_0");
        assertThat(head.storedBytes()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1_001, 1L << 40})
    void refusesNamesThatAreNone(long length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ServiceFake.writeNumber(out, length);
        RangeHead head = new RangeHead();
        assertThatThrownBy(
                        () -> {
                            for (byte each : out.toByteArray()) {
                                head.add(each);
                            }
                        })
                .isInstanceOf(BadAnswerException.class)
                .hasMessageContaining("a name of " + length + " bytes");
    }
}
