package io.millrace.api.backend;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.file.Path;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.ReadableConfig;
import java.net.URI;

/**
 * State in memory together with where its checkpoints are written, from the time when one class
 * said both.
 *
 * @deprecated use {@link HashMapStateBackend} and a {@link CheckpointStorage}
 */
@Deprecated
public abstract class AbstractFileStateBackend extends AbstractStateBackend
        implements CheckpointStorage {
    private static final long serialVersionUID = 1L;

    private final Path baseCheckpointPath; // null for none
    private final Path baseSavepointPath; // null for none

    /**
     * @param baseCheckpointPath null for none
     * @param baseSavepointPath null for none
     */
    protected AbstractFileStateBackend(URI baseCheckpointPath, URI baseSavepointPath) {
        this(pathOf(baseCheckpointPath), pathOf(baseSavepointPath));
    }

    /**
     * @param baseCheckpointPath null for none
     * @param baseSavepointPath null for none
     */
    protected AbstractFileStateBackend(Path baseCheckpointPath, Path baseSavepointPath) {
        this.baseCheckpointPath = baseCheckpointPath;
        this.baseSavepointPath = baseSavepointPath;
    }

    /**
     * @param baseCheckpointPath null for what is configured
     * @param baseSavepointPath null for what is configured
     */
    protected AbstractFileStateBackend(
            Path baseCheckpointPath, Path baseSavepointPath, ReadableConfig configuration) {
        this(
                baseCheckpointPath != null
                        ? baseCheckpointPath
                        : configuration
                                .getOptional(ConfigOption.of(CheckpointOptions.DIRECTORY))
                                .map(Path::new)
                                .orElse(null),
                baseSavepointPath != null
                        ? baseSavepointPath
                        : configuration
                                .getOptional(ConfigOption.of(CheckpointOptions.SAVEPOINT_DIRECTORY))
                                .map(Path::new)
                                .orElse(null));
    }

    private static Path pathOf(URI uri) {
        return uri == null ? null : new Path(uri);
    }

    /** Null for none. */
    public Path getCheckpointPath() {
        return baseCheckpointPath;
    }

    /** Null for none. */
    public Path getSavepointPath() {
        return baseSavepointPath;
    }

    @Override
    public void writeTo(Configuration values) {
        values.set(CheckpointOptions.STATE_BACKEND, "hashmap");
        values.set(
                CheckpointOptions.STORAGE,
                baseCheckpointPath == null ? "jobmanager" : "filesystem");
        if (baseCheckpointPath != null) {
            values.set(CheckpointOptions.DIRECTORY, baseCheckpointPath.toString());
        }
        if (baseSavepointPath != null) {
            values.set(CheckpointOptions.SAVEPOINT_DIRECTORY, baseSavepointPath.toString());
        }
    }
}
