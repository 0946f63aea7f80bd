package io.millrace.coordinator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.api.option.Option;
import io.millrace.coordinator.blocklist.BlocklistSettings;
import io.millrace.coordinator.failover.RestartStrategy;
import io.millrace.coordinator.speculate.SpeculationSettings;
import io.millrace.runtime.task.TaskOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * The control plane's options, resolved. Immutable.
 *
 * @param workerSlots of a worker that has not registered yet
 * @param workerWaitMs how long a job waits for workers
 * @param workerIdleMs how long a worker is kept that no job uses
 * @param batchIdleMs the same while batch jobs run that need no more of them
 * @param cancelTimeoutMs how long a task may take to end
 * @param commitAttempts at least 1
 * @param restart for jobs that do not set their own
 * @param stageRecovery for jobs of stages
 * @param blocklist of nodes
 */
public record CoordinatorSettings(
        int workerSlots,
        long heartbeatIntervalMs,
        long heartbeatTimeoutMs,
        long workerWaitMs,
        long workerIdleMs,
        long batchIdleMs,
        long cancelTimeoutMs,
        int commitAttempts,
        long commitRetryDelayMs,
        RestartStrategy restart,
        StageRecovery stageRecovery,
        BlocklistSettings blocklist) {

    public CoordinatorSettings {
        if (heartbeatTimeoutMs < 2 * heartbeatIntervalMs) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "option '"
                            + CoordinatorOptions.HEARTBEAT_TIMEOUT
                            + "' is "
                            + heartbeatTimeoutMs
                            + " ms, but must be at least twice '"
                            + CoordinatorOptions.HEARTBEAT_INTERVAL
                            + "', which is "
                            + heartbeatIntervalMs
                            + " ms.");
        }
    }

    public static CoordinatorSettings defaults() {
        return from(Config.empty());
    }

    /**
     * @throws MillraceException {@code INVALID_OPTION}
     */
    public static CoordinatorSettings from(Config config) {
        return new CoordinatorSettings(
                config.get(CoordinatorOptions.WORKER_SLOTS),
                config.get(CoordinatorOptions.HEARTBEAT_INTERVAL).toMillis(),
                config.get(CoordinatorOptions.HEARTBEAT_TIMEOUT).toMillis(),
                config.get(CoordinatorOptions.WORKER_WAIT).toMillis(),
                config.get(CoordinatorOptions.WORKER_IDLE).toMillis(),
                config.get(CoordinatorOptions.BATCH_IDLE).toMillis(),
                config.get(TaskOptions.CANCEL_TIMEOUT).toMillis(),
                config.get(CoordinatorOptions.COMMIT_ATTEMPTS),
                config.get(CoordinatorOptions.COMMIT_RETRY_DELAY).toMillis(),
                RestartStrategy.from(config),
                new StageRecovery(
                        config.get(CoordinatorOptions.STAGES_RECOVER),
                        config.get(CoordinatorOptions.WORKER_RETURN).toMillis()),
                BlocklistSettings.from(config));
    }

    /**
     * Every option that the control plane reads, for the reference and the check of unknown keys.
     */
    public static List<Option<?>> options() {
        List<Option<?>> all = new ArrayList<>(CoordinatorOptions.ALL);
        all.addAll(BlocklistSettings.options());
        all.addAll(SpeculationSettings.options());
        all.addAll(RestartStrategy.options());
        return List.copyOf(all);
    }
}
