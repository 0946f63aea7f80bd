package io.millrace.api.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.FileSystem.WriteMode;
import io.millrace.api.file.Path;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.graph.Preflight;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * Writes each record's text in UTF-8 to one file, or to a file for each subtask in a directory if
 * there are many. What is written is visible at once and written again by a later attempt: for
 * looking at results, not for exactly-once output. Made by {@code writeAsText} and {@code
 * writeAsCsv}. Immutable.
 */
public final class TextFileSink<T> implements Sink<T>, Preflight {
    private static final long serialVersionUID = 1L;

    private final Path path;
    private final WriteMode writeMode;
    private final RecordText<T> text;

    /** Makes the text of a record, with what ends it. */
    public interface RecordText<T> extends Serializable {
        void append(T record, StringBuilder to);
    }

    /**
     * @param writeMode whether the job may run if there is something at the path
     */
    public TextFileSink(Path path, WriteMode writeMode, RecordText<T> text) {
        this.path = Objects.requireNonNull(path, "output path");
        this.writeMode = Objects.requireNonNull(writeMode, "write mode");
        this.text = text;
    }

    @Override
    public void preflight() {
        try {
            if (writeMode == WriteMode.NO_OVERWRITE && path.getFileSystem().exists(path)) {
                throw new MillraceException(
                        ErrorCode.OUTPUT_EXISTS,
                        "the output "
                                + path
                                + " exists already. Remove it, choose another path, or use the"
                                + " write mode OVERWRITE.");
            }
        } catch (IOException e) {
            throw FileErrors.of(e, path, "check the output");
        }
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        TaskInfo task = context.getTaskInfo();
        try {
            boolean alone = task.getNumberOfParallelSubtasks() == 1;
            makeRoom(alone);
            Path file =
                    alone ? path : new Path(path, String.valueOf(task.getIndexOfThisSubtask() + 1));
            // Whatever is there now was written by an earlier attempt, or may be overwritten.
            return new TextWriter<>(
                    file, path.getFileSystem().create(file, WriteMode.OVERWRITE), text);
        } catch (IOException e) {
            throw FileErrors.of(e, path, "begin the output");
        }
    }

    /** Removes a directory where a file shall be, and the other way round. */
    private void makeRoom(boolean alone) throws IOException {
        FileSystem fileSystem = path.getFileSystem();
        try {
            FileStatus status = fileSystem.getFileStatus(path);
            if (status.isDir() == alone) {
                fileSystem.delete(path, alone);
            }
        } catch (FileNotFoundException | NoSuchFileException absent) {
            // Nothing is in the way.
            return;
        }
    }

    @Override
    public String toString() {
        return "Text to " + path;
    }

    /** Collects text before it goes to the file. Confined to its task. */
    private static final class TextWriter<T> implements SinkWriter<T> {
        private static final int BUFFER_CHARS = 64 << 10;

        private final Path path;
        private final FSDataOutputStream file;
        private final RecordText<T> text;
        private final StringBuilder buffer = new StringBuilder(BUFFER_CHARS);

        TextWriter(Path path, FSDataOutputStream file, RecordText<T> text) {
            this.path = path;
            this.file = file;
            this.text = text;
        }

        @Override
        public void write(T element, Context context) {
            text.append(element, buffer);
            if (buffer.length() >= BUFFER_CHARS) {
                drain();
            }
        }

        private void drain() {
            try {
                file.write(buffer.toString().getBytes(StandardCharsets.UTF_8));
                buffer.setLength(0);
            } catch (IOException e) {
                throw FileErrors.of(e, path, "write the output");
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            drain();
            if (endOfInput) {
                file.sync();
            } else {
                file.flush();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
