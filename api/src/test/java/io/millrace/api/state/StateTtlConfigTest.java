package io.millrace.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.state.StateTtlConfig.StateVisibility;
import io.millrace.api.state.StateTtlConfig.UpdateType;
import io.millrace.api.time.Time;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StateTtlConfigTest {
    @Test
    void renewsAtWritesAndHidesWhatHasExpiredUnlessToldOtherwise() {
        StateTtlConfig config = StateTtlConfig.newBuilder(Duration.ofMinutes(5)).build();

        assertThat(config.isEnabled()).isTrue();
        assertThat(config.getTimeToLive()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.getUpdateType()).isEqualTo(UpdateType.OnCreateAndWrite);
        assertThat(config.getStateVisibility()).isEqualTo(StateVisibility.NeverReturnExpired);
    }

    @Test
    void neverExpiresWhenDisabled() {
        assertThat(StateTtlConfig.DISABLED.isEnabled()).isFalse();
        assertThat(StateTtlConfig.DISABLED.getUpdateType()).isEqualTo(UpdateType.Disabled);
    }

    @Test
    @SuppressWarnings("deprecation")
    void takesBothFormsOfTime() {
        assertThat(StateTtlConfig.newBuilder(Time.seconds(3)).build().getTimeToLive())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(StateTtlConfig.newBuilder(Duration.ofSeconds(3)).build().getTtl())
                .isEqualTo(Time.seconds(3));
    }

    @Test
    void cleansInTheBackgroundWithTheDefaultsOfEachBackEnd() {
        var cleanup = StateTtlConfig.newBuilder(Duration.ofDays(1)).build().getCleanupStrategies();

        assertThat(cleanup.isCleanupInBackground()).isTrue();
        assertThat(cleanup.inFullSnapshot()).isFalse();
        assertThat(cleanup.getIncrementalCleanupStrategy().getCleanupSize()).isEqualTo(5);
        assertThat(cleanup.getIncrementalCleanupStrategy().runCleanupForEveryRecord()).isFalse();
        assertThat(cleanup.inRocksdbCompactFilter()).isTrue();
        assertThat(cleanup.getRocksdbCompactFilterCleanupStrategy().getQueryTimeAfterNumEntries())
                .isEqualTo(1_000);
        assertThat(cleanup.getRocksdbCompactFilterCleanupStrategy().getPeriodicCompactionTime())
                .isEqualTo(Duration.ofDays(30));
    }

    @Test
    void cleansOnlyAsAskedForWithoutTheBackground() {
        var cleanup =
                StateTtlConfig.newBuilder(Duration.ofDays(1))
                        .disableCleanupInBackground()
                        .cleanupIncrementally(7, true)
                        .cleanupFullSnapshot()
                        .build()
                        .getCleanupStrategies();

        assertThat(cleanup.isCleanupInBackground()).isFalse();
        assertThat(cleanup.inFullSnapshot()).isTrue();
        assertThat(cleanup.getIncrementalCleanupStrategy().getCleanupSize()).isEqualTo(7);
        assertThat(cleanup.getIncrementalCleanupStrategy().runCleanupForEveryRecord()).isTrue();
        assertThat(cleanup.inRocksdbCompactFilter()).isFalse();
        assertThat(cleanup.getRocksdbCompactFilterCleanupStrategy()).isNull();
    }

    @Test
    void copiesWhatAnotherSays() {
        StateTtlConfig first =
                StateTtlConfig.newBuilder(Duration.ofDays(1))
                        .updateTtlOnReadAndWrite()
                        .returnExpiredIfNotCleanedUp()
                        .cleanupInRocksdbCompactFilter(9, Duration.ZERO)
                        .build();

        StateTtlConfig copy =
                StateTtlConfig.newBuilder(first).setTimeToLive(Duration.ofDays(2)).build();

        assertThat(copy.getTimeToLive()).isEqualTo(Duration.ofDays(2));
        assertThat(copy.getUpdateType()).isEqualTo(UpdateType.OnReadAndWrite);
        assertThat(copy.getStateVisibility())
                .isEqualTo(StateVisibility.ReturnExpiredIfNotCleanedUp);
        assertThat(
                        copy.getCleanupStrategies()
                                .getRocksdbCompactFilterCleanupStrategy()
                                .getQueryTimeAfterNumEntries())
                .isEqualTo(9);
    }

    @Test
    void refusesALifetimeOfNothing() {
        assertThatThrownBy(() -> StateTtlConfig.newBuilder(Duration.ZERO).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than zero");
    }

    @Test
    void refusesToLookAtNothing() {
        assertThatThrownBy(
                        () ->
                                StateTtlConfig.newBuilder(Duration.ofDays(1))
                                        .cleanupIncrementally(0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1, not 0");
    }
}
