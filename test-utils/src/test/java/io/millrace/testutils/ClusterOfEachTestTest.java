package io.millrace.testutils;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.stream.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster in a field of the instance lives as long as one test. */
@Timeout(60)
class ClusterOfEachTestTest {
    @RegisterExtension private final MiniClusterExtension cluster = new MiniClusterExtension();

    @Test
    void hasFourSlotsWhereNothingIsSaid() {
        assertThat(cluster.getMiniCluster().getNumberSlots()).isEqualTo(4);
        assertThat(StreamExecutionEnvironment.getExecutionEnvironment().getParallelism())
                .isEqualTo(4);
    }

    @Test
    void runsPrograms() throws Exception {
        assertThat(
                        StreamExecutionEnvironment.getExecutionEnvironment()
                                .fromData("a", "b")
                                .executeAndCollect(5))
                .containsExactlyInAnyOrder("a", "b");
    }
}
