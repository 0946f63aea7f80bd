package io.millrace.connector.file.compactor;

import io.millrace.api.file.Path;
import io.millrace.api.function.SerializableSupplierWithException;
import io.millrace.api.input.FileInputFormat;
import io.millrace.api.input.FileInputSplit;
import io.millrace.api.option.Configuration;
import java.io.IOException;
import java.util.Objects;

/**
 * Reads records with an older input format, the whole file as one split. Confined to its thread.
 */
public class InputFormatBasedReader<T> implements RecordWiseFileCompactor.Reader<T> {
    private final FileInputFormat<T> inputFormat;

    public InputFormatBasedReader(Path path, FileInputFormat<T> inputFormat) throws IOException {
        this.inputFormat = Objects.requireNonNull(inputFormat, "input format");
        inputFormat.setFilePath(path);
        inputFormat.configure(new Configuration());
        long bytes = path.getFileSystem().getFileStatus(path).getLen();
        inputFormat.open(new FileInputSplit(0, path, 0, bytes, null));
    }

    @Override
    public T read() throws IOException {
        while (!inputFormat.reachedEnd()) {
            T record = inputFormat.nextRecord(null);
            if (record != null) {
                return record;
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        inputFormat.close();
    }

    /** Makes a reader for each file. Immutable. */
    public static class Factory<T> implements RecordWiseFileCompactor.Reader.Factory<T> {
        private static final long serialVersionUID = 1L;

        private final SerializableSupplierWithException<FileInputFormat<T>, IOException>
                inputFormatFactory;

        public Factory(
                SerializableSupplierWithException<FileInputFormat<T>, IOException>
                        inputFormatFactory) {
            this.inputFormatFactory = Objects.requireNonNull(inputFormatFactory, "format factory");
        }

        @Override
        public InputFormatBasedReader<T> createFor(Path path) throws IOException {
            return new InputFormatBasedReader<>(path, inputFormatFactory.get());
        }
    }
}
