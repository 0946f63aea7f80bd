package io.millrace.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.api.option.Option;
import io.millrace.coordinator.blocklist.BlocklistSettings;
import io.millrace.coordinator.failover.RestartStrategy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoordinatorSettingsTest {
    @Test
    void pinsTheDefaults() {
        assertThat(CoordinatorSettings.defaults())
                .isEqualTo(
                        new CoordinatorSettings(
                                1,
                                2_000,
                                20_000,
                                300_000,
                                5_000,
                                1_000,
                                180_000,
                                10,
                                1_000,
                                new RestartStrategy.ExponentialDelay(10, 500, 30_000, 2.0, 600_000),
                                new StageRecovery(true, 30_000),
                                new BlocklistSettings(true, 3, 600_000, 600_000)));
    }

    @Test
    void pinsTheKeys() {
        assertThat(CoordinatorSettings.options().stream().map(Option::key))
                .containsExactly(
                        "worker.slots",
                        "heartbeat.interval",
                        "heartbeat.timeout",
                        "resource.wait-timeout",
                        "resource.idle-timeout",
                        "resource.batch-idle-timeout",
                        "commit.attempts",
                        "commit.retry-delay",
                        "execution.batch.job-recovery.enabled",
                        "execution.batch.job-recovery.previous-worker.recovery.timeout",
                        "cluster.blocklist.enabled",
                        "cluster.blocklist.failures",
                        "cluster.blocklist.window",
                        "cluster.blocklist.duration",
                        "execution.batch.speculative.enabled",
                        "execution.batch.speculative.max-concurrent-executions",
                        "execution.batch.speculative.block-slow-node-duration",
                        "slow-task-detector.check-interval",
                        "slow-task-detector.execution-time.baseline-lower-bound",
                        "slow-task-detector.execution-time.baseline-multiplier",
                        "slow-task-detector.execution-time.baseline-ratio",
                        "restart.strategy",
                        "restart.attempts",
                        "restart.delay",
                        "restart.max-delay",
                        "restart.multiplier",
                        "restart.reset-after",
                        "restart.interval");
    }

    @Test
    void aTimeoutLeavesRoomForTwoHeartbeats() {
        assertThatThrownBy(
                        () ->
                                CoordinatorSettings.from(
                                        Config.of(Map.of("heartbeat.timeout", "3 s"))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("heartbeat.timeout")
                .hasMessageContaining("heartbeat.interval");
    }
}
