package io.millrace.runtime.checkpoint;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.RecoveryClaimMode;
import io.millrace.api.option.Config;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a job starts from. Immutable.
 *
 * @param path of a checkpoint or savepoint; empty to start anew
 * @param ignoreUnclaimed whether state that no operator claims is left behind
 * @param claims whether the files become the job's, to be deleted when it needs them no more
 * @param withoutChannelsOf a checkpoint of which records that were on their way are left behind
 * @param fromLocal whether state that a worker still has is used instead of files
 */
public record RecoverySettings(
        Optional<String> path,
        boolean ignoreUnclaimed,
        boolean claims,
        OptionalLong withoutChannelsOf,
        boolean fromLocal) {

    /**
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION} naming the key, its
     *     value and what fits
     */
    public static RecoverySettings from(Config config) {
        long withoutChannels = config.get(CheckpointOptions.IGNORED_IN_FLIGHT_DATA);
        return new RecoverySettings(
                config.find(CheckpointOptions.RECOVERY_PATH).filter(path -> !path.isBlank()),
                config.get(CheckpointOptions.IGNORE_UNCLAIMED_STATE),
                config.get(CheckpointOptions.CLAIM_MODE) == RecoveryClaimMode.CLAIM,
                withoutChannels < 0 ? OptionalLong.empty() : OptionalLong.of(withoutChannels),
                config.get(CheckpointOptions.LOCAL_RECOVERY));
    }
}
