package io.millrace.coordinator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.runtime.message.FailureReport;
import org.junit.jupiter.api.Test;

class CommitDecisionTest {
    private static CommitDecision decide(ErrorCode code, int tries) {
        var failure = new FailureReport(code, "rename refused.", "", "sink");
        return CommitDecision.of(failure, tries, 20, 100, 3);
    }

    @Test
    void triesAgainWithGrowingPauses() {
        assertThat(decide(ErrorCode.COMMIT_FAILED, 1)).isEqualTo(new CommitDecision.Retry(100));
        assertThat(decide(ErrorCode.STORAGE_FAILED, 2)).isEqualTo(new CommitDecision.Retry(200));
        assertThat(decide(ErrorCode.STORAGE_FAILED, 19)).isEqualTo(new CommitDecision.Retry(3_200));
    }

    @Test
    void givesUpAtTheLimitAndSaysWhatIsVisible() {
        var fail = (CommitDecision.Fail) decide(ErrorCode.STORAGE_FAILED, 20);
        assertThat(fail.failure().code()).isEqualTo(ErrorCode.COMMIT_FAILED);
        assertThat(fail.failure().summary())
                .startsWith("STORAGE_FAILED: rename refused.")
                .contains("20 times", "3 sink subtasks", "is visible");
    }

    @Test
    void saysThatDataIsLost() {
        var fail = (CommitDecision.Fail) decide(ErrorCode.DATA_LOSS, 1);
        assertThat(fail.failure().code()).isEqualTo(ErrorCode.DATA_LOSS);
    }

    @Test
    void givesUpAtOnceIfTryingAgainWouldFailTheSameWay() {
        assertThat(decide(ErrorCode.PERMISSION_DENIED, 1)).isInstanceOf(CommitDecision.Fail.class);
    }
}
