package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.message.FailureReport;
import org.junit.jupiter.api.Test;

class FailureReportsTest {
    private static StackTraceElement frame(String type) {
        return new StackTraceElement(type, "call", "File.java", 7);
    }

    private static <T extends Throwable> T at(T thrown, String... types) {
        StackTraceElement[] frames = new StackTraceElement[types.length];
        for (int i = 0; i < types.length; i++) {
            frames[i] = frame(types[i]);
        }
        thrown.setStackTrace(frames);
        return thrown;
    }

    @Test
    void showsTheUsersFramesAndLeavesOutTheEngines() {
        Throwable user =
                at(
                        new IllegalStateException("no\nluck"),
                        "java.util.Objects",
                        "com.shop.Price",
                        "io.millrace.runtime.operator.MapOperator",
                        "io.millrace.runtime.task.Task");

        FailureReport report =
                FailureReports.of(UserCodeException.of("price", user), "task 'x' (1/2)#0");

        assertThat(report.code()).isEqualTo(ErrorCode.USER_CODE_FAILED);
        assertThat(report.operator()).isEqualTo("price");
        assertThat(report.summary())
                .isEqualTo(
                        "operator 'price' in task 'x' (1/2)#0: java.lang.IllegalStateException:"
                                + " no luck, at com.shop.Price.call(File.java:7)");
        assertThat(report.stackTrace())
                .isEqualTo(
                        """
                        java.lang.IllegalStateException: no
                        luck
                        \tat java.util.Objects.call(File.java:7)
                        \tat com.shop.Price.call(File.java:7)
                        \t… 2 frames of Millrace
                        """);
    }

    @Test
    void keepsTheCodeOfAKnownErrorAndDoesNotSayItTwice() {
        Throwable known =
                at(
                        new MillraceException(ErrorCode.PATH_NOT_FOUND, "/in does not exist."),
                        "com.shop.Price");

        FailureReport report = FailureReports.of(UserCodeException.of("read", known), "task 'x'");

        assertThat(report.code()).isEqualTo(ErrorCode.PATH_NOT_FOUND);
        assertThat(report.headline())
                .startsWith("PATH_NOT_FOUND: operator 'read' in task 'x': /in does not exist.");
    }

    @Test
    void callsAFailureOfTheEngineInternalAndShowsAllOfIt() {
        Throwable own =
                at(new IllegalStateException("bug"), "io.millrace.runtime.task.Task", "java.x.Y");

        FailureReport report = FailureReports.of(own, "task 'x'");

        assertThat(report.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(report.operator()).isNull();
        assertThat(report.stackTrace()).contains("java.x.Y");
    }

    @Test
    void survivesExceptionsThatMisbehave() {
        RuntimeException cyclic = new RuntimeException("outer");
        RuntimeException silent =
                new RuntimeException("x", cyclic) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("no message");
                    }
                };
        cyclic.initCause(silent);

        FailureReport report = FailureReports.of(UserCodeException.of("op", silent), "task");

        assertThat(report.summary()).contains("its message cannot be had");
        assertThat(report.stackTrace()).contains("Caused by: java.lang.RuntimeException: outer");
    }

    /** All that can be asked of it throws. */
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no stack");
        }
    }

    @Test
    void namesOperatorAndClassOfAThrowableWhoseMethodsThrow() {
        FailureReport report =
                FailureReports.of(UserCodeException.of("price", new Hostile()), "task 'x'");

        assertThat(report.code()).isEqualTo(ErrorCode.USER_CODE_FAILED);
        assertThat(report.operator()).isEqualTo("price");
        assertThat(report.summary()).contains("operator 'price' in task 'x'", "Hostile");
    }
}
