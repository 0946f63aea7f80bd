package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.stream.StreamExecutionEnvironment;

import org.junit.jupiter.api.Test;

import java.util.List;

class EmbeddedRunTest {
    @Test
    void collectsWhatAMapMakes() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        List<Long> found = env.fromSequence(1, 100).map(n -> n * 2).executeAndCollect(1000);
        assertThat(found).hasSize(100);
    }
}
