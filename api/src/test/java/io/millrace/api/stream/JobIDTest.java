package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JobIDTest {
    @Test
    void readsItsOwnText() {
        JobID id = new JobID(0x0123456789abcdefL, 0xfedcba9876543210L);
        assertThat(id).hasToString("fedcba98765432100123456789abcdef");
        assertThat(JobID.fromHexString(id.toString())).isEqualTo(id);
        assertThat(JobID.fromByteArray(id.getBytes())).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(JobID.generate()).isNotEqualTo(JobID.generate());
    }

    @Test
    void refusesOtherTexts() {
        assertThatThrownBy(() -> JobID.fromHexString("12")).hasMessageContaining("'12'");
    }
}
