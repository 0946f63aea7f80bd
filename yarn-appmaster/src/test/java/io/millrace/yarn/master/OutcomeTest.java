package io.millrace.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.JobResult;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobId;
import java.util.concurrent.CompletionException;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void beginsWithTheCodeAndTheirStackComesNext() {
        FailureReport failure =
                new FailureReport(
                        ErrorCode.USER_CODE_FAILED,
                        "operator 'Split' threw java.lang.ArithmeticException: / by zero",
                        "java.lang.ArithmeticException: / by zero\n\tat com.example.Split.map",
                        "Split");
        Outcome outcome = Outcome.of(result(JobResult.Outcome.FAILED, failure));
        assertThat(outcome.status()).isEqualTo(FinalApplicationStatus.FAILED);
        assertThat(outcome.diagnostics())
                .startsWith("USER_CODE_FAILED: operator 'Split' threw")
                .contains("at com.example.Split.map");
    }

    @Test
    void saysWhereMainThrew() {
        RuntimeException thrown = new IllegalStateException("no input given\nsecond line");
        thrown.setStackTrace(
                new StackTraceElement[] {
                    new StackTraceElement("java.util.Objects", "requireNonNull", "Objects.java", 1),
                    new StackTraceElement("com.example.WordCount", "main", "WordCount.java", 17)
                });
        Outcome outcome = Outcome.ofThrown(thrown);
        assertThat(outcome.diagnostics().lines().findFirst().orElseThrow())
                .isEqualTo(
                        "MAIN_THREW: the program's main threw java.lang.IllegalStateException: no"
                                + " input given at com.example.WordCount.main(WordCount.java:17).");
    }

    @Test
    void keepsTheCodeOfAnErrorThatMainPassedOn() {
        Exception thrown =
                new RuntimeException(
                        new MillraceException(ErrorCode.OUTPUT_EXISTS, "hdfs://h/out exists."));
        assertThat(Outcome.ofThrown(thrown).diagnostics())
                .startsWith("OUTPUT_EXISTS: hdfs://h/out exists.\n");
    }

    @Test
    void showsTheStackOfTheirsFirstWhateverCarriedItHere() {
        Exception thrown =
                new CompletionException(
                        new MillraceException(
                                ErrorCode.USER_CODE_FAILED,
                                "operator 'divides' failed.",
                                new ArithmeticException("/ by zero")));
        assertThat(Outcome.ofThrown(thrown).diagnostics())
                .startsWith(
                        "USER_CODE_FAILED: operator 'divides' failed.\n\n"
                                + "java.lang.ArithmeticException: / by zero\n")
                .doesNotContain("CompletionException");
    }

    @Test
    void isKilledWhenTheJobWasCancelled() {
        assertThat(Outcome.of(result(JobResult.Outcome.CANCELED, null)).status())
                .isEqualTo(FinalApplicationStatus.KILLED);
        assertThat(
                        Outcome.ofThrown(new MillraceException(ErrorCode.JOB_CANCELED, "by u."))
                                .status())
                .isEqualTo(FinalApplicationStatus.KILLED);
    }

    @Test
    void saysWhichJobFailedAndWhereItsLogsAreBeforeTheStack() {
        FailureReport failure =
                new FailureReport(
                        ErrorCode.USER_CODE_FAILED,
                        "operator 'Split' threw java.lang.ArithmeticException: / by zero",
                        "java.lang.ArithmeticException: / by zero\n\tat com.example.Split.map",
                        "Split");
        JobResult job = result(JobResult.Outcome.FAILED, failure);
        assertThat(Outcome.of(job).about(job, "application_1_0001").diagnostics())
                .startsWith(
                        "USER_CODE_FAILED: operator 'Split' threw java.lang.ArithmeticException: /"
                                + " by zero\n"
                                + "Job 'job' (00000000000000000000000000000000) failed after 0.0"
                                + " s.\n"
                                + "Logs: millrace logs application_1_0001\n"
                                + "\nOperator: Split\njava.lang.ArithmeticException");
    }

    @Test
    void saysWhereTheLogsAreWhenThereWasNoJob() {
        Outcome outcome = Outcome.failed(ErrorCode.PROGRAM_INVALID, "main executed no job.");
        assertThat(outcome.about(null, "application_1_0001").diagnostics())
                .isEqualTo(
                        "PROGRAM_INVALID: main executed no job.\n"
                                + "Logs: millrace logs application_1_0001\n");
    }

    @Test
    void namesTheJobThatSucceeded() {
        JobResult job = result(JobResult.Outcome.FINISHED, null);
        assertThat(Outcome.of(job).about(job, "application_1_0001").diagnostics())
                .isEqualTo("Job 'job' (" + "0".repeat(32) + ") finished after 0.0 s.\n");
    }

    private static JobResult result(JobResult.Outcome outcome, FailureReport failure) {
        return new JobResult(new JobId("0".repeat(32)), "job", outcome, failure, 5, 0, 0, 0);
    }
}
