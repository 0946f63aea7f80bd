package io.millrace.runtime.checkpoint;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.option.Config;

/**
 * How the files of a job's checkpoints and savepoints are written. Immutable.
 *
 * @param checkpoints for those of checkpoints
 * @param savepoints for those of native savepoints
 */
public record FileSettings(SegmentFile.Use checkpoints, SegmentFile.Use savepoints) {
    /**
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION} naming the key, its
     *     value and what fits
     */
    public static FileSettings from(Config config) {
        boolean asked = config.get(CheckpointOptions.SNAPSHOT_COMPRESSION);
        // A savepoint is written once and kept for long: small is worth more than soon.
        boolean savepoints = asked || !config.contains(CheckpointOptions.SNAPSHOT_COMPRESSION);
        return new FileSettings(SegmentFile.Use.kept(asked), SegmentFile.Use.kept(savepoints));
    }
}
