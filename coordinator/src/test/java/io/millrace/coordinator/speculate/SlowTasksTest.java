package io.millrace.coordinator.speculate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SlowTasksTest {
    private static final SpeculationSettings SETTINGS =
            new SpeculationSettings(true, 2, 60_000, 1_000, 10_000, 1.5, 0.75);

    private static OptionalLong limit(int tasks, Long... tookMs) {
        return SlowTasks.limitMs(tasks, tookMs.length, List.of(tookMs), SETTINGS);
    }

    @Test
    void nothingIsSlowBeforeThreeQuartersHaveFinished() {
        assertThat(limit(8, 20_000L, 20_000L, 20_000L, 20_000L, 20_000L)).isEmpty();
        assertThat(limit(8, 20_000L, 20_000L, 20_000L, 20_000L, 20_000L, 20_000L)).hasValue(30_000);
    }

    @Test
    void aTaskIsSlowByTheMedianNotByTheMean() {
        assertThat(limit(4, 20_000L, 22_000L, 400_000L)).hasValue(33_000);
        assertThat(limit(5, 20_000L, 22_000L, 24_000L, 400_000L)).hasValue(34_500);
    }

    @Test
    void shortTasksAreNeverSlow() {
        assertThat(limit(4, 10L, 12L, 15L)).hasValue(10_000);
    }

    @Test
    void whatFinishedUnderAnEarlierLeaderCountsButItsDurationIsNotKnown() {
        assertThat(SlowTasks.limitMs(4, 3, List.of(), SETTINGS)).isEmpty();
        assertThat(SlowTasks.limitMs(4, 3, List.of(20_000L), SETTINGS)).hasValue(30_000);
    }

    @Test
    void aStageOfOneTaskHasNoSlowOnes() {
        assertThat(SlowTasks.limitMs(1, 0, List.of(), SETTINGS)).isEmpty();
    }

    @Test
    void pinsTheDefaults() {
        assertThat(SpeculationSettings.from(Config.empty()))
                .isEqualTo(new SpeculationSettings(false, 2, 60_000, 1_000, 60_000, 1.5, 0.75));
    }

    @Test
    void anAttemptMoreThanOneIsTheLeast() {
        Config one =
                Config.of(Map.of("execution.batch.speculative.max-concurrent-executions", "1"));
        assertThatThrownBy(() -> SpeculationSettings.from(one))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("from 2 to 16");
    }
}
