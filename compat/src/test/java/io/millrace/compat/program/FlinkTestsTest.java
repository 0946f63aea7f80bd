package io.millrace.compat.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

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
    })
    void passes(String testClass, int tests) throws Exception {
        assertThat(succeeded(FlinkJar.TESTS_2, testClass)).isEqualTo(tests);
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.flink.test.streaming.runtime.SideOutputITCase, 19",
        "org.apache.flink.test.windowing.sessionwindows.SessionWindowITCase, 1",
    })
    void passesAsItWasBefore(String testClass, int tests) throws Exception {
        assertThat(succeeded(FlinkJar.TESTS_1, testClass)).isEqualTo(tests);
    }

    /** Runs the tests of a class, none of which may fail. Gives how many there were. */
    private static int succeeded(String tests, String testClass) throws Exception {
        try (FlinkJar jar = FlinkJar.open(tests, 4)) {
            Outcomes outcomes = new Outcomes();
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(jar.loader());
            try {
                if (tests.equals(FlinkJar.TESTS_1)) {
                    return succeededOfJUnit4(jar.loader().loadClass(testClass));
                }
                LauncherDiscoveryRequest request =
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(jar.loader(), testClass))
                                .build();
                LauncherFactory.create().execute(request, outcomes);
            } finally {
                thread.setContextClassLoader(before);
            }

            assertThat(outcomes.failures).isEmpty();
            return outcomes.succeeded;
        }
    }

    private static int succeededOfJUnit4(Class<?> tests) {
        Result result = new JUnitCore().run(tests);
        assertThat(result.getFailures()).isEmpty();
        return result.getRunCount();
    }

    /** Counts tests, and keeps what failed. Called by one thread. */
    private static final class Outcomes implements TestExecutionListener {
        private final List<Throwable> failures = new java.util.ArrayList<>();
        private int succeeded;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(failures::add);
            if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                succeeded++;
            }
        }
    }
}
