package io.millrace.testutils;

import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into the log where each test begins and how it ends, so that its lines are found. */
public class TestLoggerExtension implements TestWatcher, BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
        log(context).info("Test began. test={}", context.getDisplayName());
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        log(context).info("Test succeeded. test={}", context.getDisplayName());
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        log(context).error("Test failed. test={}", context.getDisplayName(), cause);
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        log(context).info("Test was aborted. test={}", context.getDisplayName(), cause);
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        log(context)
                .info(
                        "Test was left out. test={} reason={}",
                        context.getDisplayName(),
                        reason.orElse("none given"));
    }

    private static Logger log(ExtensionContext context) {
        return LoggerFactory.getLogger(context.getRequiredTestClass());
    }
}
