package io.millrace.runtime.checkpoint;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a job's checkpoints and savepoints are. Immutable.
 *
 * @param directory of checkpoints; empty to let the engine choose
 * @param savepointDirectory for savepoints of which the directory is not said
 */
public record StorageSettings(Optional<String> directory, Optional<String> savepointDirectory) {
    /**
     * @throws MillraceException {@code INVALID_OPTION} naming the key, its value and what fits
     */
    public static StorageSettings from(Config config) {
        Optional<String> directory = config.find(CheckpointOptions.DIRECTORY);
        String storage =
                config.find(CheckpointOptions.STORAGE)
                        .map(text -> text.trim().toLowerCase(Locale.ROOT))
                        .orElse(directory.isPresent() ? "filesystem" : "jobmanager");
        switch (storage) {
            case "filesystem" -> {
                if (directory.isEmpty()) {
                    throw new MillraceException(
                            ErrorCode.INVALID_OPTION,
                            "option '"
                                    + CheckpointOptions.STORAGE.key()
                                    + "' is 'filesystem', but '"
                                    + CheckpointOptions.DIRECTORY.key()
                                    + "' is not set. Set it, to such as hdfs:///checkpoints.");
                }
            }
            case "jobmanager" -> {
                // With a directory or without: state is in files either way.
            }
            default ->
                    throw new MillraceException(
                            ErrorCode.INVALID_OPTION,
                            "option '"
                                    + CheckpointOptions.STORAGE.key()
                                    + "' is '"
                                    + storage
                                    + "', but must be filesystem or jobmanager.");
        }
        return new StorageSettings(directory, config.find(CheckpointOptions.SAVEPOINT_DIRECTORY));
    }
}
