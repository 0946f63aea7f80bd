package io.millrace.api.backend;

import io.millrace.api.option.Configuration;
import io.millrace.api.option.StateChangelogOptions;
import java.io.File;
import java.time.Duration;

/** Configures a changelog of state on files, which has no effect: checkpoints are incremental. */
public class FsStateChangelogStorageFactory {
    public static final String IDENTIFIER = "filesystem";

    public FsStateChangelogStorageFactory() {}

    public String getIdentifier() {
        return IDENTIFIER;
    }

    /**
     * Sets the kind of storage, of which the log says that it is set in vain.
     *
     * @param newFolder not kept: there are no files to write to it
     * @param uploadTimeout not kept
     * @param maxUploadAttempts not kept
     */
    public static void configure(
            Configuration configuration,
            File newFolder,
            Duration uploadTimeout,
            int maxUploadAttempts) {
        configuration.set(StateChangelogOptions.STATE_CHANGE_LOG_STORAGE, IDENTIFIER);
    }
}
