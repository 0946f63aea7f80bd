package io.millrace.coordinator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStateTest {
    @ParameterizedTest
    @EnumSource
    void anEndedJobGoesNowhere(JobState state) {
        if (state.isTerminal()) {
            for (JobState next : JobState.values()) {
                assertThat(state.mayBecome(next)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyAJobThatWantsItsTasksCanBeCancelled(JobState state) {
        assertThat(state.mayBecome(JobState.CANCELLING))
                .isEqualTo(state == JobState.CREATED || state.wantsTasks());
    }

    @Test
    void aCommitIsNeverCancelled() {
        assertThatThrownBy(() -> JobState.COMMITTING.become(JobState.CANCELLING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("COMMITTING to CANCELLING");
    }
}
