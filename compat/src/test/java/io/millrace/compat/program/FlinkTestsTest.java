package io.millrace.compat.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Integration tests of Flink, as they were compiled, pass on Millrace. */
@Timeout(120)
class FlinkTestsTest {
    @ParameterizedTest
    @CsvSource({
        "org.apache.flink.test.streaming.runtime.DataStreamPojoITCase, 4",
        "org.apache.flink.test.streaming.runtime.PartitionerITCase, 3",
        "org.apache.flink.test.streaming.experimental.CollectITCase, 1",
        "org.apache.flink.api.connector.source.lib.util.RateLimitedSourceReaderITCase, 1",
        "org.apache.flink.test.streaming.api.datastream.DataStreamWithSharedPartitionNodeITCase, 1",
        "org.apache.flink.test.streaming.api.environment.LocalStreamEnvironmentITCase, 2",
        "org.apache.flink.test.streaming.runtime.ChainedRuntimeContextITCase, 1",
        "org.apache.flink.test.streaming.runtime.CoStreamITCase, 1",
        "org.apache.flink.test.streaming.runtime.LatencyMarkerITCase, 1",
        "org.apache.flink.test.streaming.runtime.SelfConnectionITCase, 2",
        "org.apache.flink.test.accumulators.AccumulatorErrorITCase, 3",
        "org.apache.flink.test.streaming.api.StreamingOperatorsITCase, 2",
        "org.apache.flink.api.connector.source.lib.NumberSequenceSourceITCase, 3",
        "org.apache.flink.test.checkpointing.CoStreamCheckpointingITCase, 1",
        "org.apache.flink.test.checkpointing.StreamCheckpointNotifierITCase, 1",
        "org.apache.flink.test.recovery.FastFailuresITCase, 1",
        "org.apache.flink.test.streaming.api.datastream.WatermarkAlignmentITCase, 1",
        "org.apache.flink.test.streaming.runtime.CoGroupJoinITCase, 4",
        "org.apache.flink.test.streaming.runtime.IntervalJoinITCase, 15",
        "org.apache.flink.test.streaming.api.FileReadingWatermarkITCase, 1",
    })
    void passes(String testClass, int tests) throws Exception {
        assertThat(FlinkTestRun.succeeded(FlinkJar.TESTS_2, testClass)).isEqualTo(tests);
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.flink.test.streaming.runtime.SideOutputITCase, 19",
        "org.apache.flink.test.windowing.sessionwindows.SessionWindowITCase, 1",
        "org.apache.flink.test.streaming.runtime.CoGroupJoinITCase, 4",
        "org.apache.flink.test.streaming.runtime.IntervalJoinITCase, 9",
    })
    void passesAsItWasBefore(String testClass, int tests) throws Exception {
        assertThat(FlinkTestRun.succeeded(FlinkJar.TESTS_1, testClass)).isEqualTo(tests);
    }
}
