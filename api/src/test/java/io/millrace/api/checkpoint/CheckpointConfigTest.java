package io.millrace.api.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.backend.JobManagerCheckpointStorage;
import io.millrace.api.checkpoint.CheckpointConfig.ExternalizedCheckpointCleanup;
import io.millrace.api.file.Path;
import io.millrace.api.option.CheckpointingOptions;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.OptionCheck;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("deprecation") // programs use the older members too
class CheckpointConfigTest {
    private final Configuration values = new Configuration();
    private final CheckpointConfig config = CheckpointConfig.viewOf(values);

    @Test
    void isOffUntilAnIntervalIsSet() {
        assertThat(config.isCheckpointingEnabled()).isFalse();
        assertThat(config.getCheckpointInterval()).isEqualTo(-1);

        config.setCheckpointInterval(500);

        assertThat(config.isCheckpointingEnabled()).isTrue();
        assertThat(config.getCheckpointInterval()).isEqualTo(500);
        config.disableCheckpointing();
        assertThat(config.isCheckpointingEnabled()).isFalse();
    }

    @Test
    void hasDefaultsThatProtect() {
        assertThat(config.getCheckpointingConsistencyMode())
                .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
        assertThat(config.getCheckpointTimeout()).isEqualTo(600_000);
        assertThat(config.getMinPauseBetweenCheckpoints()).isZero();
        assertThat(config.getMaxConcurrentCheckpoints()).isEqualTo(1);
        assertThat(config.getTolerableCheckpointFailureNumber()).isZero();
        assertThat(config.isExternalizedCheckpointsEnabled()).isFalse();
        assertThat(config.isUnalignedCheckpointsEnabled()).isTrue();
        assertThat(config.getAlignedCheckpointTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.getCheckpointIdOfIgnoredInFlightData()).isEqualTo(-1);
        assertThat(config.getCheckpointStorage()).isNull();
    }

    @Test
    void writesOptionsThatTheEngineKnows() {
        config.setCheckpointInterval(60_000);
        config.setCheckpointTimeout(20_000);
        config.setMinPauseBetweenCheckpoints(7);
        config.setMaxConcurrentCheckpoints(2);
        config.setTolerableCheckpointFailureNumber(3);
        config.setCheckpointingMode(CheckpointingMode.AT_LEAST_ONCE);
        config.enableExternalizedCheckpoints(ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION);
        config.enableUnalignedCheckpoints(false);
        config.setAlignmentTimeout(Duration.ofSeconds(9));
        config.setForceUnalignedCheckpoints(true);
        config.setCheckpointIntervalDuringBacklog(0);
        config.setCheckpointIdOfIgnoredInFlightData(4);
        config.setCheckpointStorage("hdfs://nn/checkpoints");
        config.setMaxSubtasksPerChannelStateFile(8);

        assertThat(values.toMap())
                .containsEntry("execution.checkpointing.interval", "1 min")
                .containsEntry("execution.checkpointing.timeout", "20 s")
                .containsEntry("execution.checkpointing.min-pause", "7 ms")
                .containsEntry("execution.checkpointing.max-concurrent-checkpoints", "2")
                .containsEntry("execution.checkpointing.tolerable-failed-checkpoints", "3")
                .containsEntry("execution.checkpointing.mode", "AT_LEAST_ONCE")
                .containsEntry(
                        "execution.checkpointing.externalized-checkpoint-retention",
                        "RETAIN_ON_CANCELLATION")
                .containsEntry("execution.checkpointing.unaligned.enabled", "false")
                .containsEntry("execution.checkpointing.aligned-checkpoint-timeout", "9 s")
                .containsEntry("execution.checkpointing.storage", "filesystem")
                .containsEntry("execution.checkpointing.dir", "hdfs://nn/checkpoints");
        OptionCheck.ofEngine(getClass().getClassLoader()).check(values.toConfig());
    }

    @Test
    void readsBackWhatItWasGiven() {
        config.setExternalizedCheckpointCleanup(
                ExternalizedCheckpointCleanup.DELETE_ON_CANCELLATION);
        config.setCheckpointStorage(new Path("/tmp/checkpoints"));
        config.setFailOnCheckpointingErrors(false);

        assertThat(config.getExternalizedCheckpointRetention())
                .isEqualTo(ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        assertThat(config.getExternalizedCheckpointCleanup().deleteOnCancellation()).isTrue();
        assertThat(config.getCheckpointStorage())
                .hasToString("FileSystemCheckpointStorage(/tmp/checkpoints)");
        assertThat(config.isFailOnCheckpointingErrors()).isFalse();
        assertThat(config.getTolerableCheckpointFailureNumber()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void overtakesAtOnceIfAskedForWithoutATimeout() {
        config.enableUnalignedCheckpoints();

        assertThat(config.getAlignedCheckpointTimeout()).isZero();
    }

    @Test
    void overtakesNothingWhereBarriersAreNotWaitedFor() {
        config.enableUnalignedCheckpoints();
        config.setForceUnalignedCheckpoints(true);
        config.setCheckpointingConsistencyMode(CheckpointingMode.AT_LEAST_ONCE);

        assertThat(config.isUnalignedCheckpointsEnabled()).isFalse();
        assertThat(config.isForceUnalignedCheckpoints()).isFalse();
    }

    @Test
    void hasTheSameIntervalDuringABacklogUnlessToldOtherwise() {
        config.setCheckpointInterval(500);
        assertThat(config.getCheckpointIntervalDuringBacklog()).isEqualTo(500);

        config.setCheckpointIntervalDuringBacklog(0);

        assertThat(config.getCheckpointIntervalDuringBacklog()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takesOverWhatAConfigurationSets() {
        Configuration given =
                new Configuration()
                        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(4))
                        .set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 9);
        given.setString("state.checkpoints.dir", "/tmp/old-key");

        config.configure(given);

        assertThat(config.getCheckpointInterval()).isEqualTo(4_000);
        assertThat(values.get(CheckpointOptions.RETAINED)).isEqualTo(9);
        assertThat(values.get(CheckpointOptions.DIRECTORY)).isEqualTo("/tmp/old-key");
        assertThat(config.getCheckpointStorage())
                .hasToString("FileSystemCheckpointStorage(/tmp/old-key)");
    }

    @Test
    void isCopied() {
        config.setCheckpointInterval(500);
        config.setCheckpointStorage(new JobManagerCheckpointStorage());

        CheckpointConfig copy = new CheckpointConfig(config);
        config.setCheckpointInterval(900);

        assertThat(copy.getCheckpointInterval()).isEqualTo(500);
        assertThat(copy.getCheckpointStorage()).isInstanceOf(JobManagerCheckpointStorage.class);
    }

    static List<Consumer<CheckpointConfig>> refused() {
        return List.of(
                c -> c.setCheckpointInterval(9),
                c -> c.setCheckpointInterval(-1),
                c -> c.setCheckpointIntervalDuringBacklog(9),
                c -> c.setCheckpointTimeout(9),
                c -> c.setMinPauseBetweenCheckpoints(-1),
                c -> c.setMaxConcurrentCheckpoints(0),
                c -> c.setTolerableCheckpointFailureNumber(-1));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Consumer<CheckpointConfig> setting) {
        assertThatThrownBy(() -> setting.accept(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(", not ");
        assertThat(values.toMap()).isEmpty();
    }

    @Test
    void refusesNothingAsAMode() {
        assertThatThrownBy(() -> config.setCheckpointingConsistencyMode(null))
                .isInstanceOf(NullPointerException.class);
    }
}
