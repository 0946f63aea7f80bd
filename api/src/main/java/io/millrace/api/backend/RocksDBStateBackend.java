package io.millrace.api.backend;

import io.millrace.api.option.Configuration;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.option.TernaryBoolean;
import java.net.URI;
import java.util.Objects;

/**
 * Keyed state in RocksDB together with where its checkpoints are written, from the time when one
 * class said both. Not thread-safe.
 *
 * @deprecated use {@link EmbeddedRocksDBStateBackend} and a {@link CheckpointStorage}
 */
@Deprecated
public class RocksDBStateBackend extends EmbeddedRocksDBStateBackend implements CheckpointStorage {
    private static final long serialVersionUID = 1L;

    private final StateBackend checkpointStreamBackend;

    /**
     * @param checkpointDataUri the directory of checkpoints
     */
    public RocksDBStateBackend(String checkpointDataUri) {
        this(new FsStateBackend(checkpointDataUri));
    }

    /**
     * @param checkpointDataUri the directory of checkpoints
     */
    public RocksDBStateBackend(String checkpointDataUri, boolean enableIncrementalCheckpointing) {
        this(new FsStateBackend(checkpointDataUri), enableIncrementalCheckpointing);
    }

    /**
     * @param checkpointDataUri the directory of checkpoints
     */
    public RocksDBStateBackend(URI checkpointDataUri) {
        this(new FsStateBackend(checkpointDataUri));
    }

    /**
     * @param checkpointDataUri the directory of checkpoints
     */
    public RocksDBStateBackend(URI checkpointDataUri, boolean enableIncrementalCheckpointing) {
        this(new FsStateBackend(checkpointDataUri), enableIncrementalCheckpointing);
    }

    /**
     * @param checkpointStreamBackend says where checkpoints are written
     */
    public RocksDBStateBackend(StateBackend checkpointStreamBackend) {
        this(checkpointStreamBackend, TernaryBoolean.UNDEFINED);
    }

    /**
     * @param checkpointStreamBackend says where checkpoints are written
     */
    public RocksDBStateBackend(
            StateBackend checkpointStreamBackend, TernaryBoolean enableIncrementalCheckpointing) {
        super(enableIncrementalCheckpointing);
        this.checkpointStreamBackend = requireStorage(checkpointStreamBackend);
    }

    /**
     * @param checkpointStreamBackend says where checkpoints are written
     */
    public RocksDBStateBackend(AbstractStateBackend checkpointStreamBackend) {
        this((StateBackend) checkpointStreamBackend);
    }

    /**
     * @param checkpointStreamBackend says where checkpoints are written
     */
    public RocksDBStateBackend(
            AbstractStateBackend checkpointStreamBackend, boolean enableIncrementalCheckpointing) {
        this(checkpointStreamBackend, TernaryBoolean.fromBoolean(enableIncrementalCheckpointing));
    }

    private RocksDBStateBackend(
            RocksDBStateBackend original, ReadableConfig config, ClassLoader classLoader) {
        super(original, config, classLoader);
        this.checkpointStreamBackend = original.checkpointStreamBackend;
    }

    private static StateBackend requireStorage(StateBackend backend) {
        Objects.requireNonNull(backend, "What says where checkpoints are written is null.");
        if (!(backend instanceof CheckpointStorage)) {
            throw new IllegalArgumentException(
                    backend
                            + " does not say where checkpoints are written. Give an FsStateBackend, or"
                            + " use EmbeddedRocksDBStateBackend and"
                            + " CheckpointConfig.setCheckpointStorage(…).");
        }
        return backend;
    }

    /** What says where checkpoints are written. */
    public StateBackend getCheckpointBackend() {
        return checkpointStreamBackend;
    }

    @Override
    public RocksDBStateBackend configure(ReadableConfig config, ClassLoader classLoader) {
        return new RocksDBStateBackend(this, config, classLoader);
    }

    @Override
    public void writeTo(Configuration job) {
        checkpointStreamBackend.writeTo(job);
        super.writeTo(job);
    }

    @Override
    public String toString() {
        return "RocksDBStateBackend(" + checkpointStreamBackend + ", " + super.toString() + ")";
    }
}
