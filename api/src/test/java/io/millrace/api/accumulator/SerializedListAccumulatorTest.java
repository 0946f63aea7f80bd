package io.millrace.api.accumulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SerializedListAccumulatorTest {
    @Test
    void hasNoBytesOfAValueWithoutItsSerializer() {
        assertThatThrownBy(() -> new SerializedListAccumulator<String>().add("a"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("serializer");
    }

    @Test
    void isEmptyAfterItIsReset() {
        SerializedListAccumulator<String> list = new SerializedListAccumulator<>();
        list.getLocalValue().add(new byte[] {1});
        SerializedListAccumulator<String> copy = list.clone();
        list.merge(copy);
        assertThat(list.getLocalValue()).hasSize(2);
        list.resetLocal();
        assertThat(list.getLocalValue()).isEmpty();
        assertThat(copy.getLocalValue()).hasSize(1);
    }
}
