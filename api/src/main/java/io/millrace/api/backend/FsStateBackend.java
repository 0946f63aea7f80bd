package io.millrace.api.backend;

import io.millrace.api.file.Path;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.option.TernaryBoolean;
import java.net.URI;
import java.util.Objects;

/**
 * State in memory, checkpoints as files. State is always written while the job goes on, and neither
 * the threshold of small files nor the size of write buffers has an effect.
 *
 * @deprecated use {@link HashMapStateBackend} and {@link FileSystemCheckpointStorage}
 */
@Deprecated
public class FsStateBackend extends AbstractFileStateBackend {
    private static final long serialVersionUID = 1L;

    private final int fileStateThreshold;
    private final int writeBufferSize;
    private final TernaryBoolean asynchronousSnapshots;

    public FsStateBackend(String checkpointDataUri) {
        this(new Path(checkpointDataUri));
    }

    public FsStateBackend(String checkpointDataUri, boolean asynchronousSnapshots) {
        this(new Path(checkpointDataUri), asynchronousSnapshots);
    }

    public FsStateBackend(Path checkpointDataUri) {
        this(checkpointDataUri, null, -1, -1, TernaryBoolean.UNDEFINED);
    }

    public FsStateBackend(Path checkpointDataUri, boolean asynchronousSnapshots) {
        this(checkpointDataUri, null, -1, -1, TernaryBoolean.fromBoolean(asynchronousSnapshots));
    }

    public FsStateBackend(URI checkpointDataUri) {
        this(new Path(checkpointDataUri));
    }

    /**
     * @param defaultSavepointDirectory null for none
     */
    public FsStateBackend(URI checkpointDataUri, URI defaultSavepointDirectory) {
        this(checkpointDataUri, defaultSavepointDirectory, -1, -1, TernaryBoolean.UNDEFINED);
    }

    public FsStateBackend(URI checkpointDataUri, boolean asynchronousSnapshots) {
        this(new Path(checkpointDataUri), asynchronousSnapshots);
    }

    public FsStateBackend(URI checkpointDataUri, int fileStateSizeThreshold) {
        this(checkpointDataUri, null, fileStateSizeThreshold, -1, TernaryBoolean.UNDEFINED);
    }

    public FsStateBackend(
            URI checkpointDataUri, int fileStateSizeThreshold, boolean asynchronousSnapshots) {
        this(
                checkpointDataUri,
                null,
                fileStateSizeThreshold,
                -1,
                TernaryBoolean.fromBoolean(asynchronousSnapshots));
    }

    /**
     * @param defaultSavepointDirectory null for none
     * @param fileStateSizeThreshold −1 for the default
     * @param writeBufferSize −1 for the default
     */
    public FsStateBackend(
            URI checkpointDirectory,
            URI defaultSavepointDirectory,
            int fileStateSizeThreshold,
            int writeBufferSize,
            TernaryBoolean asynchronousSnapshots) {
        this(
                new Path(checkpointDirectory),
                defaultSavepointDirectory == null ? null : new Path(defaultSavepointDirectory),
                fileStateSizeThreshold,
                writeBufferSize,
                asynchronousSnapshots);
    }

    private FsStateBackend(
            Path checkpointDirectory,
            Path savepointDirectory,
            int fileStateThreshold,
            int writeBufferSize,
            TernaryBoolean asynchronousSnapshots) {
        super(
                Objects.requireNonNull(
                        checkpointDirectory, "The directory of checkpoints is null."),
                savepointDirectory);
        this.fileStateThreshold = fileStateThreshold;
        this.writeBufferSize = writeBufferSize;
        this.asynchronousSnapshots = asynchronousSnapshots;
    }

    public Path getBasePath() {
        return getCheckpointPath();
    }

    /** What was given, in bytes. */
    public int getMinFileSizeThreshold() {
        return storage().getMinFileSizeThreshold();
    }

    /** What was given, in bytes. */
    public int getWriteBufferSize() {
        return storage().getWriteBufferSize();
    }

    private FileSystemCheckpointStorage storage() {
        return new FileSystemCheckpointStorage(
                getCheckpointPath(), fileStateThreshold, writeBufferSize);
    }

    /** What was given; true if nothing was. */
    public boolean isUsingAsynchronousSnapshots() {
        return asynchronousSnapshots.getOrDefault(true);
    }

    /** The same. */
    public FsStateBackend configure(ReadableConfig config, ClassLoader classLoader) {
        return this;
    }

    @Override
    public String toString() {
        return "FsStateBackend(" + getCheckpointPath() + ")";
    }
}
