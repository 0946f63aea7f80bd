package io.millrace.coordinator.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.runtime.message.FailureReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailoverDecisionTest {
    private static final RestartStrategy TWICE = new RestartStrategy.FixedDelay(2, 70);

    private static FailureReport failure(ErrorCode code) {
        return new FailureReport(code, "it broke.", "at user.Code", "map");
    }

    private static FailoverDecision decide(ErrorCode code, boolean bounded, int restarts) {
        RestartHistory history = RestartHistory.NONE;
        for (int i = 0; i < restarts; i++) {
            history = history.plus(i);
        }
        return FailoverDecision.of(
                failure(code), Retries.OF_THE_SURROUNDINGS, bounded, TWICE, history, 100);
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheAdviceDecides(ErrorCode code) {
        FailoverDecision decision = decide(code, true, 0);
        if (code.advice() == Advice.FAIL) {
            assertThat(decision).isEqualTo(new FailoverDecision.Fail(failure(code)));
        } else {
            assertThat(decision).isEqualTo(new FailoverDecision.Restart(70));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatRetriesUserCodeOutlivesItAndNothingElseMore(ErrorCode code) {
        FailoverDecision decision =
                FailoverDecision.of(
                        failure(code), Retries.OF_USER_CODE, true, TWICE, RestartHistory.NONE, 1);
        boolean ends = code.advice() == Advice.FAIL && code != ErrorCode.USER_CODE_FAILED;
        assertThat(decision instanceof FailoverDecision.Fail).isEqualTo(ends);
    }

    @Test
    void anExhaustedJobFailsWithItsRootCauseFirst() {
        var fail = (FailoverDecision.Fail) decide(ErrorCode.WORKER_LOST, true, 2);
        assertThat(fail.failure().code()).isEqualTo(ErrorCode.RESTARTS_EXHAUSTED);
        assertThat(fail.failure().summary())
                .startsWith("WORKER_LOST: it broke.")
                .contains("Restarted 2 times", "restart.attempts");
        assertThat(fail.failure().stackTrace()).isEqualTo("at user.Code");
    }

    @Test
    void userCodeThatFailsTooOftenStaysTheReason() {
        FailoverDecision decision =
                FailoverDecision.of(
                        failure(ErrorCode.USER_CODE_FAILED),
                        Retries.OF_USER_CODE,
                        true,
                        new RestartStrategy.None(),
                        RestartHistory.NONE,
                        1);
        FailureReport ended = ((FailoverDecision.Fail) decision).failure();
        assertThat(ended.code()).isEqualTo(ErrorCode.USER_CODE_FAILED);
        assertThat(ended.summary()).contains("it broke.", "no restarts");
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheFirstLossOfAWorkerIsFollowedByNoPause(ErrorCode code) {
        var restart = new FailoverDecision.Restart(70);
        boolean lost = code == ErrorCode.WORKER_LOST;
        assertThat(restart.atOnceIfBystander(failure(code), RestartHistory.NONE).delayMs())
                .isEqualTo(lost ? 0 : 70);
        assertThat(restart.atOnceIfBystander(failure(code), RestartHistory.NONE.plus(1)).delayMs())
                .isEqualTo(70);
    }

    @Test
    void anUnboundedJobIsNotStartedEmpty() {
        var fail = (FailoverDecision.Fail) decide(ErrorCode.WORKER_LOST, false, 0);
        assertThat(fail.failure().code()).isEqualTo(ErrorCode.NO_CHECKPOINT_TO_RESTORE);
        assertThat(fail.failure().summary()).startsWith("WORKER_LOST: it broke.");
    }
}
