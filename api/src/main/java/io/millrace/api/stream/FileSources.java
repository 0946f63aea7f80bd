package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.input.FileInputFormat;
import io.millrace.api.input.FileProcessingMode;
import io.millrace.api.input.InputFormatSource;
import io.millrace.api.source.Source;
import io.millrace.api.source.TextFileSources;
import io.millrace.api.type.TypeInformation;

/** Sources of files as an environment makes them. Stateless. */
final class FileSources {
    private FileSources() {}

    /**
     * Those of the connector for files.
     *
     * @throws MillraceException {@link ErrorCode#PROGRAM_INVALID} if it is not there
     */
    static TextFileSources ofText(ClassLoader classLoader) {
        try {
            return Class.forName(TextFileSources.IMPLEMENTATION, true, classLoader)
                    .asSubclass(TextFileSources.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "readTextFile needs the connector for files, but "
                            + TextFileSources.IMPLEMENTATION
                            + " is not there. Add millrace-connector-files to the program.",
                    e);
        }
    }

    /**
     * The records of a file, or of all files in a directory.
     *
     * @param intervalMs between two looks for new files, at least 1; without meaning for {@link
     *     FileProcessingMode#PROCESS_ONCE}
     * @param typeInfo null if it is to be found from the records
     */
    static <OUT> Source<OUT, ?, ?> of(
            FileInputFormat<OUT> format,
            String path,
            FileProcessingMode mode,
            long intervalMs,
            TypeInformation<OUT> typeInfo) {
        if (path == null || path.isBlank()) {
            throw new IllegalArgumentException("The path of the files to read is missing.");
        }
        format.setFilePath(path);
        return mode == FileProcessingMode.PROCESS_ONCE
                ? InputFormatSource.once(format, typeInfo)
                : InputFormatSource.watching(format, typeInfo, intervalMs);
    }
}
