package io.millrace.api.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintSinkTest {
    @Test
    void namesTheSinkAndTheSubtaskIfThereAreMany() {
        assertThat(PrintSink.prefix("", 0, 1)).isEmpty();
        assertThat(PrintSink.prefix("", 1, 4)).isEqualTo("2> ");
        assertThat(PrintSink.prefix("id", 0, 1)).isEqualTo("id> ");
        assertThat(PrintSink.prefix("id", 1, 4)).isEqualTo("id:2> ");
    }
}
