package io.millrace.compat.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/** Runs a class of Flink's tests. */
final class FlinkTestRun {
    private FlinkTestRun() {}

    /** Runs the tests of a class, none of which may fail. Gives how many there were. */
    static int succeeded(String tests, String testClass) throws Exception {
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
        private final List<Throwable> failures = new ArrayList<>();
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
