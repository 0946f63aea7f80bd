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

/** Integration tests of Flink, as they were compiled, pass on Millrace. */
@Timeout(120)
class FlinkTestsTest {
    @ParameterizedTest
    @CsvSource({
        "org.apache.flink.test.streaming.runtime.DataStreamPojoITCase, 4",
        "org.apache.flink.test.streaming.runtime.PartitionerITCase, 3",
        "org.apache.flink.test.streaming.experimental.CollectITCase, 1",
    })
    void passes(String testClass, int tests) throws Exception {
        try (FlinkJar jar = FlinkJar.open(FlinkJar.TESTS_2)) {
            Outcomes outcomes = new Outcomes();
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(jar.loader());
            try {
                LauncherDiscoveryRequest request =
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(
                                        DiscoverySelectors.selectClass(
                                                jar.loader().loadClass(testClass)))
                                .build();
                LauncherFactory.create().execute(request, outcomes);
            } finally {
                thread.setContextClassLoader(before);
            }

            assertThat(outcomes.failures).isEmpty();
            assertThat(outcomes.succeeded).isEqualTo(tests);
        }
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
