package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.RecoverySettings;
import io.millrace.runtime.plan.JobGraph;

/** What a job says about its checkpoints and where it starts. Immutable. */
public record CheckpointPolicy(CheckpointSettings settings, RecoverySettings recovery) {
    /** As the job says it; without checkpoints if that cannot be read. */
    public static CheckpointPolicy of(JobGraph graph) {
        try {
            return checked(graph);
        } catch (MillraceException e) {
            Config none = Config.empty();
            return new CheckpointPolicy(CheckpointSettings.from(none), RecoverySettings.from(none));
        }
    }

    /**
     * @throws MillraceException {@code INVALID_OPTION} if what the job says cannot be read
     */
    public static CheckpointPolicy checked(JobGraph graph) {
        return new CheckpointPolicy(
                CheckpointSettings.of(graph), RecoverySettings.from(Config.of(graph.config())));
    }

    /** Whether checkpoints are taken. */
    public boolean isEnabled() {
        return settings.isEnabled();
    }

    /** The path of the foreign checkpoint that the job starts from, or null. */
    String restoreFrom() {
        return recovery.path().orElse(null);
    }

    /** Whether the checkpoint that the job starts from becomes its own. */
    boolean claims() {
        return restoreFrom() != null && recovery.claims();
    }

    CheckpointKind kind() {
        return settings.incremental() ? CheckpointKind.INCREMENTAL : CheckpointKind.FULL;
    }

    /** Whether a job that ended so leaves its checkpoints. */
    boolean keepsAfter(Outcome outcome) {
        return switch (outcome) {
            case FINISHED -> false;
            case FAILED -> settings.keepsAfterFailure();
            case CANCELED -> settings.keepsAfterCancel();
        };
    }
}
