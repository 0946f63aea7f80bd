package io.millrace.connector.file;

import io.millrace.api.file.Path;
import java.io.Serializable;
import java.util.Objects;

/**
 * What a file sink was told. Immutable.
 *
 * @param checkIntervalMs how often the time is looked at for rolling, milliseconds
 * @param successMarker whether {@code _SUCCESS} is written behind the last file
 */
record FileSinkSettings<IN, BucketID>(
        Path output,
        PartFormat<IN> format,
        BucketAssigner<IN, BucketID> assigner,
        RollingPolicy<IN, BucketID> rolling,
        long checkIntervalMs,
        OutputFileConfig names,
        OutputMode mode,
        boolean successMarker)
        implements Serializable {
    static final long DEFAULT_CHECK_INTERVAL_MS = 60_000;

    FileSinkSettings {
        Objects.requireNonNull(output, "output path");
        Objects.requireNonNull(assigner, "bucket assigner");
        Objects.requireNonNull(rolling, "rolling policy");
        Objects.requireNonNull(names, "file names");
        Objects.requireNonNull(mode, "output mode");
        if (checkIntervalMs < 1) {
            throw new IllegalArgumentException(
                    "Buckets are checked every millisecond at most, not every "
                            + checkIntervalMs
                            + " ms.");
        }
    }

    /** Whether whoever commits must know that the input has ended, even without a file. */
    boolean needsEnd() {
        return successMarker || mode.replaces();
    }
}
