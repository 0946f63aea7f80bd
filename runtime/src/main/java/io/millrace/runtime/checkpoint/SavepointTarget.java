package io.millrace.runtime.checkpoint;

import io.millrace.api.checkpoint.SavepointFormatType;
import java.util.Objects;

/**
 * Where a savepoint goes. Immutable.
 *
 * @param purpose one of a savepoint
 * @param path of its directory, which is its own
 * @param format what workers write there
 */
public record SavepointTarget(SnapshotPurpose purpose, String path, SavepointFormatType format) {
    public SavepointTarget {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(format, "format");
        if (!purpose.isSavepoint()) {
            throw new IllegalArgumentException(purpose + " has no directory of its own");
        }
    }

    /** Whether workers write tables. */
    public boolean asTables() {
        return format == SavepointFormatType.CANONICAL;
    }
}
