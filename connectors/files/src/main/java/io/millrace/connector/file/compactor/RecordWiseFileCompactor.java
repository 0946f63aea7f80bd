package io.millrace.connector.file.compactor;

import io.millrace.api.file.Path;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Reads the records of the files and writes them into one in the sink's format: for formats whose
 * files cannot simply follow one another. Immutable.
 *
 * @param <IN> the records of the sink
 */
public class RecordWiseFileCompactor<IN> implements FileCompactor {
    private static final long serialVersionUID = 1L;

    private final Reader.Factory<IN> readerFactory;

    public RecordWiseFileCompactor(Reader.Factory<IN> readerFactory) {
        this.readerFactory = Objects.requireNonNull(readerFactory, "reader factory");
    }

    public void compact(List<Path> inputFiles, Writer<IN> writer) throws Exception {
        for (Path file : inputFiles) {
            try (Reader<IN> reader = readerFactory.createFor(file)) {
                for (IN record = reader.read(); record != null; record = reader.read()) {
                    writer.write(record);
                }
            }
        }
    }

    /** Reads one file. Confined to its thread. */
    public interface Reader<T> extends AutoCloseable {
        /** Null at the end. */
        T read() throws IOException;

        /** Makes a reader for each file. */
        interface Factory<T> extends Serializable {
            Reader<T> createFor(Path path) throws IOException;
        }
    }

    /** Writes the new file. Confined to its thread. */
    public interface Writer<T> {
        void write(T record) throws IOException;
    }
}
