package io.millrace.compat.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Integration tests of Flink that fail and go on from a checkpoint, with millions of records, as
 * they were compiled.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FlinkCheckpointingIT {
    @ParameterizedTest
    @CsvSource({
        "org.apache.flink.test.checkpointing.EventTimeWindowCheckpointingITCase, 60",
        "org.apache.flink.test.checkpointing.StateCheckpointedITCase, 2",
        "org.apache.flink.test.checkpointing.StreamCheckpointingITCase, 2",
        "org.apache.flink.test.checkpointing.UdfStreamOperatorCheckpointingITCase, 2",
    })
    void passesAsItWasBefore(String testClass, int tests) throws Exception {
        assertThat(FlinkTestRun.succeeded(FlinkJar.TESTS_1, testClass)).isEqualTo(tests);
    }
}
