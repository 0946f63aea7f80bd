package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/** Says that a file of a checkpoint is not what was written. Pure. */
final class Damage {
    private static final String ADVICE =
            ". An earlier checkpoint may be whole: 'millrace checkpoint verify' lists all damage."
                    + " If this repeats, check the logs of the storage.";

    private Damage() {}

    /**
     * @param what and where, with the numbers, without a full stop
     */
    static MillraceException of(String what) {
        return new MillraceException(ErrorCode.CHECKPOINT_FILE_CORRUPT, what + ADVICE);
    }

    static MillraceException of(String what, Throwable cause) {
        return new MillraceException(ErrorCode.CHECKPOINT_FILE_CORRUPT, what + ADVICE, cause);
    }

    static MillraceException missing(Object path, Throwable cause) {
        return of(path + " of a checkpoint is missing", cause);
    }
}
