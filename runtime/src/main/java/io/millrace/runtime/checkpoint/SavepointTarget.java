package io.millrace.runtime.checkpoint;

import java.util.Objects;

/**
 * Where a savepoint goes. Immutable.
 *
 * @param purpose one of a savepoint
 * @param path of its directory, which is its own
 */
public record SavepointTarget(SnapshotPurpose purpose, String path) {
    public SavepointTarget {
        Objects.requireNonNull(path, "path");
        if (!purpose.isSavepoint()) {
            throw new IllegalArgumentException(purpose + " has no directory of its own");
        }
    }
}
