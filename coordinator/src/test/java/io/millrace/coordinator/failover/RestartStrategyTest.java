package io.millrace.coordinator.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartStrategyTest {
    private static RestartHistory at(long... timesMs) {
        RestartHistory history = RestartHistory.NONE;
        for (long time : timesMs) {
            history = history.plus(time);
        }
        return history;
    }

    @Test
    void fixedDelayCountsAllRestarts() {
        var strategy = new RestartStrategy.FixedDelay(2, 100);
        assertThat(strategy.nextDelayMs(at(), 0)).hasValue(100);
        assertThat(strategy.nextDelayMs(at(0), 1_000_000)).hasValue(100);
        assertThat(strategy.nextDelayMs(at(0, 1_000_000), 9_000_000)).isEmpty();
    }

    @Test
    void exponentialDelayGrowsToItsMaximum() {
        var strategy = new RestartStrategy.ExponentialDelay(10, 100, 350, 2.0, 60_000);
        assertThat(strategy.nextDelayMs(at(), 0)).hasValue(100);
        assertThat(strategy.nextDelayMs(at(0), 10)).hasValue(200);
        assertThat(strategy.nextDelayMs(at(0, 10), 20)).hasValue(350);
    }

    @Test
    void exponentialDelayStartsAgainAfterAQuietTime() {
        var strategy = new RestartStrategy.ExponentialDelay(2, 100, 350, 2.0, 60_000);
        assertThat(strategy.nextDelayMs(at(0, 10), 20)).isEmpty();
        assertThat(strategy.nextDelayMs(at(0, 10), 60_010)).hasValue(100);
        assertThat(strategy.nextDelayMs(at(0, 70_000), 70_001)).hasValue(200);
    }

    @Test
    void exponentialDelayDoesNotOverflow() {
        var strategy = new RestartStrategy.ExponentialDelay(1_000, 1_000, 30_000, 100.0, 60_000);
        RestartHistory history = RestartHistory.NONE;
        for (int i = 0; i < 999; i++) {
            history = history.plus(i);
        }
        assertThat(strategy.nextDelayMs(history, 999)).hasValue(30_000);
    }

    @Test
    void failureRateForgetsWhatIsLongAgo() {
        var strategy = new RestartStrategy.FailureRate(2, 1_000, 5);
        assertThat(strategy.nextDelayMs(at(0, 500), 999)).isEmpty();
        assertThat(strategy.nextDelayMs(at(0, 500), 1_000)).hasValue(5);
    }

    @Test
    void noneNeverRestarts() {
        assertThat(new RestartStrategy.None().nextDelayMs(at(), 0)).isEmpty();
    }

    @Test
    void historyIsBoundedButCountsOn() {
        RestartHistory history = RestartHistory.NONE;
        for (int i = 0; i < RestartHistory.REMEMBERED + 5; i++) {
            history = history.plus(i);
        }
        assertThat(history.timesMs()).hasSize(RestartHistory.REMEMBERED).startsWith(5L);
        assertThat(history.count()).isEqualTo(RestartHistory.REMEMBERED + 5);
    }

    @Test
    void aJobsOwnOptionsReplaceTheClusters() {
        var cluster = new RestartStrategy.None();
        assertThat(RestartStrategy.from(Config.empty(), cluster)).isSameAs(cluster);
        assertThat(
                        RestartStrategy.from(
                                Config.of(
                                        Map.of(
                                                "restart.strategy", "fixed-delay",
                                                "restart.attempts", "3",
                                                "restart.delay", "1 s")),
                                cluster))
                .isEqualTo(new RestartStrategy.FixedDelay(3, 1_000));
    }

    @Test
    void aBadValueNamesItsKey() {
        assertThatThrownBy(() -> RestartStrategy.from(Config.of(Map.of("restart.attempts", "-1"))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("INVALID_OPTION")
                .hasMessageContaining("restart.attempts");
    }
}
