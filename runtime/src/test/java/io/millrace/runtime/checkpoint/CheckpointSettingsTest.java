package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.backend.FileSystemCheckpointStorage;
import io.millrace.api.checkpoint.CheckpointConfig;
import io.millrace.api.checkpoint.CheckpointingMode;
import io.millrace.api.checkpoint.ExternalizedCheckpointRetention;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.option.Configuration;
import io.millrace.runtime.checkpoint.CheckpointSettings.Alignment;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointSettingsTest {
    private static CheckpointSettings from(String... keysAndValues) {
        Config config = Config.empty();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config = config.with(keysAndValues[i], keysAndValues[i + 1]);
        }
        return CheckpointSettings.from(config);
    }

    private static CheckpointSettings set(Consumer<CheckpointConfig> program) {
        Configuration values = new Configuration();
        program.accept(CheckpointConfig.viewOf(values));
        return CheckpointSettings.from(values.toConfig());
    }

    @Test
    void takesNoCheckpointsUnlessAnIntervalIsSet() {
        assertThat(from().isEnabled()).isFalse();
        assertThat(from("execution.checkpointing.interval", "0 ms").isEnabled()).isFalse();
        assertThat(from("execution.checkpointing.interval", "10 s").intervalMs()).isEqualTo(10_000);
    }

    @Test
    void protectsByDefault() {
        CheckpointSettings settings = from("execution.checkpointing.interval", "1 min");

        assertThat(settings)
                .isEqualTo(
                        new CheckpointSettings(
                                60_000,
                                60_000,
                                600_000,
                                0,
                                1,
                                0,
                                true,
                                true,
                                3,
                                ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS,
                                20 << 10,
                                new Alignment(true, true, 1_000, false)));
    }

    @Test
    void hasWhatAProgramSets() {
        CheckpointSettings settings =
                set(
                        checkpoints -> {
                            checkpoints.setCheckpointInterval(500);
                            checkpoints.setCheckpointIntervalDuringBacklog(0);
                            checkpoints.setCheckpointTimeout(70_000);
                            checkpoints.setMaxConcurrentCheckpoints(2);
                            checkpoints.setTolerableCheckpointFailureNumber(5);
                            checkpoints.setExternalizedCheckpointRetention(
                                    ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
                            checkpoints.setCheckpointingConsistencyMode(
                                    CheckpointingMode.AT_LEAST_ONCE);
                        });

        assertThat(settings.intervalMs()).isEqualTo(500);
        assertThat(settings.backlogIntervalMs()).isZero();
        assertThat(settings.timeoutMs()).isEqualTo(70_000);
        assertThat(settings.maxConcurrent()).isEqualTo(2);
        assertThat(settings.tolerableFailures()).isEqualTo(5);
        assertThat(settings.keepsAfterFailure()).isTrue();
        assertThat(settings.keepsAfterCancel()).isTrue();
        assertThat(settings.alignment().exactlyOnce()).isFalse();
    }

    @Test
    void letsBarriersOvertakeAtOnceIfThatIsAllAProgramSays() {
        assertThat(set(CheckpointConfig::enableUnalignedCheckpoints).alignment())
                .isEqualTo(new Alignment(true, true, 0, false));
    }

    @Test
    void waitsForHoweverLongIfOvertakingIsSwitchedOff() {
        assertThat(set(checkpoints -> checkpoints.enableUnalignedCheckpoints(false)).alignment())
                .isEqualTo(new Alignment(true, false, 1_000, false));
    }

    @Test
    void waitsAsLongAsTheTimeoutSays() {
        assertThat(
                        from(
                                        "execution.checkpointing.unaligned", "true",
                                        "execution.checkpointing.alignment-timeout", "5 s")
                                .alignment())
                .isEqualTo(new Alignment(true, true, 5_000, false));
    }

    @Test
    void neverOvertakesWithSeveralCheckpointsAtATime() {
        CheckpointSettings settings =
                from("execution.checkpointing.max-concurrent-checkpoints", "2");

        assertThat(settings.maxConcurrent()).isEqualTo(2);
        assertThat(settings.alignment().mayOvertake()).isFalse();
    }

    @Test
    void refusesSeveralUnalignedCheckpointsAtATime() {
        assertThatThrownBy(
                        () ->
                                set(
                                        checkpoints -> {
                                            checkpoints.enableUnalignedCheckpoints();
                                            checkpoints.setMaxConcurrentCheckpoints(2);
                                        }))
                .hasMessageStartingWith("INVALID_OPTION")
                .hasMessageContaining("max-concurrent-checkpoints' is '2'")
                .hasMessageContaining("unaligned.enabled");
    }

    @Test
    void takesOneAtATimeIfThereIsAPause() {
        CheckpointSettings settings =
                from(
                        "execution.checkpointing.max-concurrent-checkpoints", "3",
                        "execution.checkpointing.min-pause", "1 s");

        assertThat(settings.minPauseMs()).isEqualTo(1_000);
        assertThat(settings.maxConcurrent()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "execution.checkpointing.interval, 5 ms, at least 10 ms",
        "execution.checkpointing.interval-during-backlog, 9 ms, at least 10 ms",
        "execution.checkpointing.timeout, 0 ms, from 10 ms",
        "execution.checkpointing.timeout, soon, duration",
        "execution.checkpointing.min-pause, -1 ms, from 0 s",
        "execution.checkpointing.max-concurrent-checkpoints, 0, from 1",
        "execution.checkpointing.tolerable-failed-checkpoints, -1, from 0",
        "execution.checkpointing.num-retained, 0, from 1",
        "execution.checkpointing.mode, TWICE, EXACTLY_ONCE",
    })
    void saysWhichOptionDoesNotFit(String key, String value, String wanted) {
        assertThatThrownBy(() -> from(key, value))
                .hasMessageStartingWith("INVALID_OPTION")
                .hasMessageContaining("'" + key + "'")
                .hasMessageContaining(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_EXTERNALIZED_CHECKPOINTS, false, false",
        "DELETE_ON_CANCELLATION, true, false",
        "RETAIN_ON_CANCELLATION, true, true",
    })
    void keepsCheckpointsOfEndedJobsByRetention(
            String retention, boolean afterFailure, boolean afterCancel) {
        CheckpointSettings settings =
                from("execution.checkpointing.externalized-checkpoint-retention", retention);

        assertThat(settings.keepsAfterFailure()).isEqualTo(afterFailure);
        assertThat(settings.keepsAfterCancel()).isEqualTo(afterCancel);
    }

    @Test
    void takesNoCheckpointsOfABatchJob() {
        JobGraph graph =
                new JobGraph(
                        new JobId("0123456789abcdef0123456789abcdef"),
                        "stages",
                        ExecutionMode.BATCH,
                        true,
                        List.of(),
                        List.of(),
                        Map.of("execution.checkpointing.interval", "1 s"),
                        List.of());

        assertThat(CheckpointSettings.of(graph).isEnabled()).isFalse();
    }

    @Test
    void leavesTheDirectoryToTheEngineIfNoneIsSet() {
        assertThat(StorageSettings.from(Config.empty()).directory()).isEmpty();
        assertThat(
                        StorageSettings.from(
                                        Config.empty().with("state.checkpoints.dir", "hdfs:///c"))
                                .directory())
                .contains("hdfs:///c");
    }

    @Test
    void asksForADirectoryOfFiles() {
        assertThatThrownBy(
                        () ->
                                StorageSettings.from(
                                        Config.empty()
                                                .with(
                                                        "execution.checkpointing.storage",
                                                        "filesystem")))
                .hasMessageStartingWith("INVALID_OPTION")
                .hasMessageContaining("execution.checkpointing.dir");
    }

    @Test
    void knowsTwoKindsOfStorage() {
        assertThatThrownBy(
                        () ->
                                StorageSettings.from(
                                        Config.empty()
                                                .with("state.checkpoint-storage", "somewhere")))
                .hasMessageStartingWith("INVALID_OPTION")
                .hasMessageContaining("filesystem or jobmanager");
    }

    @Test
    void startsAnewUnlessAPathIsSet() {
        RecoverySettings anew = RecoverySettings.from(Config.empty());
        RecoverySettings from =
                RecoverySettings.from(
                        Config.empty()
                                .with("execution.savepoint.path", "hdfs:///c/1/2/3")
                                .with("execution.state-recovery.claim-mode", "claim"));

        assertThat(anew.path()).isEmpty();
        assertThat(anew.claims()).isFalse();
        assertThat(anew.withoutChannelsOf()).isEmpty();
        assertThat(from.path()).contains("hdfs:///c/1/2/3");
        assertThat(from.claims()).isTrue();
    }

    @Test
    void stateUpToTheThresholdOfItsStorageLiesInManifests() {
        assertThat(from("execution.checkpointing.data-inline-threshold", "0").inlineBytes())
                .isZero();
        assertThat(from("state.storage.fs.memory-threshold", "1 mb").inlineBytes())
                .isEqualTo(1 << 20);
        assertThat(
                        set(checkpoints ->
                                        checkpoints.setCheckpointStorage(
                                                new FileSystemCheckpointStorage(
                                                        URI.create("hdfs:///checkpoints"), 77)))
                                .inlineBytes())
                .isEqualTo(77);
        assertThatThrownBy(() -> from("execution.checkpointing.data-inline-threshold", "2 mb"))
                .hasMessageContaining("execution.checkpointing.data-inline-threshold");
    }
}
