package io.millrace.testutils;

import org.junit.Rule;
import org.junit.rules.TestWatcher;
import org.junit.runner.Description;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A test with JUnit 4 that logs where each of its tests begins and how it ends. */
public class TestLogger {
    protected final Logger log = LoggerFactory.getLogger(getClass());

    @Rule
    public final TestWatcher watchman =
            new TestWatcher() {
                @Override
                protected void starting(Description test) {
                    log.info("Test began. test={}", test.getMethodName());
                }

                @Override
                protected void succeeded(Description test) {
                    log.info("Test succeeded. test={}", test.getMethodName());
                }

                @Override
                protected void failed(Throwable cause, Description test) {
                    log.error("Test failed. test={}", test.getMethodName(), cause);
                }
            };
}
