package io.millrace.api.sink;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.FileSystem.WriteMode;
import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * Writes to one file, or to a file for each subtask in a directory if there are many. What is
 * written is visible at once and written again by a later attempt. Confined to its task.
 */
@SuppressWarnings("VisibilityModifier") // subclasses write to the fields
public abstract class FileOutputFormat<IT> extends RichOutputFormat<IT>
        implements InitializeOnMaster, CleanupWhenUnsuccessful {
    private static final long serialVersionUID = 1L;

    /**
     * A key that older programs gave the path by; it is not read.
     *
     * @deprecated use {@link #setOutputFilePath}
     */
    @Deprecated public static final String FILE_PARAMETER_KEY = "flink.output.file";

    protected Path outputFilePath;

    /** Null until it is opened, and again when it is closed. */
    protected transient FSDataOutputStream stream;

    private WriteMode writeMode = WriteMode.NO_OVERWRITE;
    private OutputDirectoryMode outputDirectoryMode = OutputDirectoryMode.PARONLY;
    private transient Path written; // null until it is opened
    private transient int attemptNumber;

    /** When there is a directory. */
    public enum OutputDirectoryMode {
        /** Also for one subtask. */
        ALWAYS,
        /** Only for many subtasks. */
        PARONLY
    }

    /** The path is set later. */
    public FileOutputFormat() {}

    public FileOutputFormat(Path outputPath) {
        setOutputFilePath(outputPath);
    }

    /** Nothing: each format has its own defaults, which no configuration changes. */
    public static void initDefaultsFromConfiguration(Configuration configuration) {}

    public final void setOutputFilePath(Path path) {
        this.outputFilePath = Objects.requireNonNull(path, "The path of the output is null.");
    }

    public Path getOutputFilePath() {
        return outputFilePath;
    }

    /**
     * @param mode whether what is at the path may be overwritten
     */
    public void setWriteMode(WriteMode mode) {
        this.writeMode = Objects.requireNonNull(mode, "The write mode is null.");
    }

    public WriteMode getWriteMode() {
        return writeMode;
    }

    public void setOutputDirectoryMode(OutputDirectoryMode mode) {
        this.outputDirectoryMode = Objects.requireNonNull(mode, "The directory mode is null.");
    }

    public OutputDirectoryMode getOutputDirectoryMode() {
        return outputDirectoryMode;
    }

    /**
     * @throws IllegalStateException if there is no path
     */
    @Override
    public void configure(Configuration parameters) {
        if (outputFilePath == null) {
            throw new IllegalStateException(
                    getClass().getName() + " has no path; give it with setOutputFilePath(…).");
        }
    }

    /** Makes room for what the subtasks write: a directory, or nothing for one file. */
    @Override
    public void initializeGlobal(int parallelism) throws IOException {
        makeRoom(isDirectory(parallelism));
    }

    private boolean isDirectory(int parallelism) {
        return parallelism > 1 || outputDirectoryMode == OutputDirectoryMode.ALWAYS;
    }

    /** Removes a directory where a file shall be, and the other way round, if that is allowed. */
    private void makeRoom(boolean directory) throws IOException {
        FileSystem fileSystem = outputFilePath.getFileSystem();
        FileStatus there = statusOf(outputFilePath);
        if (there != null && there.isDir() != directory) {
            if (writeMode == WriteMode.NO_OVERWRITE) {
                throw exists(outputFilePath);
            }
            fileSystem.delete(outputFilePath, true);
        }
        if (directory) {
            fileSystem.mkdirs(outputFilePath);
        }
    }

    private static FileStatus statusOf(Path path) throws IOException {
        try {
            return path.getFileSystem().getFileStatus(path);
        } catch (FileNotFoundException | NoSuchFileException absent) {
            return null;
        }
    }

    private static IOException exists(Path path) {
        return new IOException(
                "The output "
                        + path
                        + " exists already. Remove it, choose another path, or set the write mode"
                        + " OVERWRITE.");
    }

    /**
     * Begins the file of this subtask. A later attempt may overwrite what an earlier one left.
     *
     * @throws IOException if there is a file that may not be overwritten
     */
    @Override
    public void open(InitializationContext context) throws IOException {
        attemptNumber = context.getAttemptNumber();
        open(context.getTaskNumber(), context.getNumTasks());
    }

    /**
     * The older form, which the newer one calls.
     *
     * @deprecated override {@link #open(InitializationContext)}
     */
    @Override
    @Deprecated
    public void open(int taskNumber, int numTasks) throws IOException {
        boolean directory = isDirectory(numTasks);
        makeRoom(directory);
        Path file =
                directory
                        ? new Path(outputFilePath, getDirectoryFileName(taskNumber))
                        : outputFilePath;
        if (writeMode == WriteMode.NO_OVERWRITE && attemptNumber == 0 && statusOf(file) != null) {
            throw exists(file);
        }
        written = file;
        stream = file.getFileSystem().create(file, WriteMode.OVERWRITE);
    }

    /**
     * The name of a subtask's file in the directory.
     *
     * @param taskNumber from 0
     */
    protected String getDirectoryFileName(int taskNumber) {
        return Integer.toString(taskNumber + 1);
    }

    /** Idempotent. */
    @Override
    public void close() throws IOException {
        FSDataOutputStream open = stream;
        stream = null;
        if (open != null) {
            open.close();
        }
    }

    /** Removes the file of this subtask. */
    @Override
    public void tryCleanupOnError() throws IOException {
        Path file = written;
        written = null;
        if (file != null) {
            close();
            file.getFileSystem().delete(file, false);
        }
    }
}
