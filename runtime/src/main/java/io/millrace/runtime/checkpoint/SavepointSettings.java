package io.millrace.runtime.checkpoint;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.option.Config;
import java.util.function.BooleanSupplier;

/**
 * How workers write savepoints. Immutable.
 *
 * @param writingShare of a processor that a worker takes for it while none is idle
 * @param timeoutMs after which a savepoint is given up
 * @param ownFileBytes a keyed state of which a task has more gets files of its own
 */
public record SavepointSettings(double writingShare, long timeoutMs, long ownFileBytes) {
    /**
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION} naming the key, its
     *     value and what fits
     */
    public static SavepointSettings from(Config config) {
        return new SavepointSettings(
                config.get(CheckpointOptions.SAVEPOINT_WRITING_SHARE),
                config.get(CheckpointOptions.TIMEOUT).toMillis(),
                config.get(CheckpointOptions.SAVEPOINT_OWN_FILE_THRESHOLD).getBytes());
    }

    /**
     * The pace of a savepoint that begins now. Tasks that stand still for it have no use for rests.
     *
     * @param hurry whether something waits behind it; any thread
     * @param givenUp whether nobody wants it any more; any thread
     */
    public SnapshotPace pace(
            SnapshotPurpose purpose, BooleanSupplier hurry, BooleanSupplier givenUp) {
        return RestingPace.begin(
                purpose.stops() ? Integer.MAX_VALUE : writingShare, timeoutMs, hurry, givenUp);
    }
}
