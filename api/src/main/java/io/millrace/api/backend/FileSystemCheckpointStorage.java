package io.millrace.api.backend;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.IdleOptions;
import io.millrace.api.file.Path;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.MemorySize;
import io.millrace.api.option.ReadableConfig;
import java.net.URI;
import java.util.Objects;

/** Checkpoints are files in a directory. Immutable. */
public class FileSystemCheckpointStorage implements CheckpointStorage {
    private static final long serialVersionUID = 1L;

    private static final MemorySize DEFAULT_THRESHOLD =
            CheckpointOptions.INLINE_THRESHOLD.defaultValue().orElseThrow();
    private static final int MOST_THRESHOLD = 1 << 20;
    private static final int DEFAULT_WRITE_BUFFER =
            IdleOptions.WRITE_BUFFER.defaultValue().orElseThrow();

    private final Path checkpointPath;
    private final Path savepointPath; // null if none is configured

    /** -1 if it was not given. */
    private final int smallFileThreshold;

    /** -1 if it was not given. */
    private final int writeBufferSize;

    /**
     * @param checkpointDirectory a path on a file system that every worker reaches
     */
    public FileSystemCheckpointStorage(String checkpointDirectory) {
        this(new Path(checkpointDirectory));
    }

    public FileSystemCheckpointStorage(Path checkpointDirectory) {
        this(checkpointDirectory, -1, -1);
    }

    public FileSystemCheckpointStorage(URI checkpointDirectory) {
        this(new Path(checkpointDirectory));
    }

    /**
     * @param fileStateSizeThreshold bytes of state for each task that may lie in the manifest
     *     instead of a file; from 0 to 1 MB, or -1 for what is configured
     * @throws IllegalArgumentException if it is something else
     */
    public FileSystemCheckpointStorage(URI checkpointDirectory, int fileStateSizeThreshold) {
        this(new Path(checkpointDirectory), fileStateSizeThreshold, -1);
    }

    /**
     * @param fileStateSizeThreshold bytes of state for each task that may lie in the manifest
     *     instead of a file; from 0 to 1 MB, or -1 for what is configured
     * @param writeBufferSize without effect: the engine sizes its buffers itself
     * @throws IllegalArgumentException if the threshold is something else
     */
    public FileSystemCheckpointStorage(
            Path checkpointDirectory, int fileStateSizeThreshold, int writeBufferSize) {
        this(checkpointDirectory, null, fileStateSizeThreshold, writeBufferSize);
    }

    private FileSystemCheckpointStorage(
            Path checkpointDirectory,
            Path savepointDirectory,
            int fileStateSizeThreshold,
            int writeBufferSize) {
        this.checkpointPath =
                Objects.requireNonNull(
                        checkpointDirectory, "The directory of checkpoints is null.");
        this.savepointPath = savepointDirectory;
        if (fileStateSizeThreshold < -1 || fileStateSizeThreshold > MOST_THRESHOLD) {
            throw new IllegalArgumentException(
                    "The threshold is "
                            + fileStateSizeThreshold
                            + " bytes. From 0 to "
                            + MOST_THRESHOLD
                            + " can lie in a manifest; -1 stands for what is configured.");
        }
        this.smallFileThreshold = fileStateSizeThreshold;
        this.writeBufferSize = writeBufferSize;
    }

    /** The same, with what {@code config} says of what was not given. */
    public FileSystemCheckpointStorage configure(ReadableConfig config, ClassLoader classLoader) {
        return new FileSystemCheckpointStorage(
                checkpointPath,
                config.getOptional(ConfigOption.of(CheckpointOptions.SAVEPOINT_DIRECTORY))
                        .map(Path::new)
                        .orElse(savepointPath),
                smallFileThreshold >= 0
                        ? smallFileThreshold
                        : (int)
                                config.get(ConfigOption.of(CheckpointOptions.INLINE_THRESHOLD))
                                        .getBytes(),
                writeBufferSize >= 0
                        ? writeBufferSize
                        : config.get(ConfigOption.of(IdleOptions.WRITE_BUFFER)));
    }

    /**
     * @throws IllegalArgumentException if no directory is configured
     */
    public static FileSystemCheckpointStorage createFromConfig(
            ReadableConfig config, ClassLoader classLoader) {
        return config.getOptional(ConfigOption.of(CheckpointOptions.DIRECTORY))
                .map(FileSystemCheckpointStorage::new)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "No directory of checkpoints is configured. Set '"
                                                + CheckpointOptions.DIRECTORY.key()
                                                + "'."))
                .configure(config, classLoader);
    }

    public Path getCheckpointPath() {
        return checkpointPath;
    }

    /** Null if none is configured. */
    public Path getSavepointPath() {
        return savepointPath;
    }

    /** For each task, in bytes: so much lies in the manifest instead of a file. */
    public int getMinFileSizeThreshold() {
        return smallFileThreshold >= 0 ? smallFileThreshold : (int) DEFAULT_THRESHOLD.getBytes();
    }

    /** What was given, in bytes; without effect. */
    public int getWriteBufferSize() {
        return writeBufferSize >= 0 ? writeBufferSize : DEFAULT_WRITE_BUFFER;
    }

    @Override
    public void writeTo(Configuration values) {
        values.set(CheckpointOptions.STORAGE, "filesystem");
        values.set(CheckpointOptions.DIRECTORY, checkpointPath.toString());
        if (smallFileThreshold >= 0) {
            values.set(CheckpointOptions.INLINE_THRESHOLD, new MemorySize(smallFileThreshold));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileSystemCheckpointStorage that
                && checkpointPath.equals(that.checkpointPath)
                && Objects.equals(savepointPath, that.savepointPath)
                && smallFileThreshold == that.smallFileThreshold
                && writeBufferSize == that.writeBufferSize;
    }

    @Override
    public int hashCode() {
        return Objects.hash(checkpointPath, savepointPath, smallFileThreshold, writeBufferSize);
    }

    @Override
    public String toString() {
        return "FileSystemCheckpointStorage(" + checkpointPath + ")";
    }
}
