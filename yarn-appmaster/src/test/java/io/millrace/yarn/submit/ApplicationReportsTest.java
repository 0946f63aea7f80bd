package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.yarn.submit.ApplicationState.Phase;
import org.junit.jupiter.api.Test;

class ApplicationReportsTest {
    @Test
    void leavesOurOwnDiagnosticsAlone() {
        assertThat(ApplicationReports.diagnostics(Phase.FAILED, "USER_CODE_FAILED: x\n at y"))
                .isEqualTo("USER_CODE_FAILED: x\n at y");
    }

    @Test
    void putsTheCauseInFrontWhenTheMasterDied() {
        String yarn =
                "Application application_1_0001 failed 2 times due to AM Container for"
                        + " appattempt_1_0001_000002 exited with  exitCode: -104\nFailing this"
                        + " attempt.";
        assertThat(ApplicationReports.diagnostics(Phase.FAILED, yarn))
                .startsWith(
                        "INTERNAL: the application master ended without a result: exit code -104")
                .contains("more memory than was granted")
                .endsWith(yarn);
    }

    @Test
    void keepsWhatAnApplicationWaitsFor() {
        assertThat(ApplicationReports.diagnostics(Phase.WAITING, " queue is full \n"))
                .isEqualTo("queue is full");
        assertThat(ApplicationReports.diagnostics(Phase.RUNNING, null)).isEmpty();
    }
}
