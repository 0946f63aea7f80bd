package io.millrace.connector.file.compactor;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.Path;
import java.io.OutputStream;
import java.util.List;

/**
 * One file's bytes after the other's: for formats like text, where that is a file again. Immutable.
 */
public class ConcatFileCompactor extends OutputStreamBasedFileCompactor {
    private static final long serialVersionUID = 1L;

    private static final int BUFFER_BYTES = 64 << 10;

    /** Null for none. */
    private final byte[] delimiter;

    public ConcatFileCompactor() {
        this(null);
    }

    /**
     * @param fileDelimiter comes between two files; null for nothing
     */
    public ConcatFileCompactor(byte[] fileDelimiter) {
        this.delimiter = fileDelimiter == null ? null : fileDelimiter.clone();
    }

    @Override
    protected void doCompact(List<Path> inputFiles, OutputStream outputStream) throws Exception {
        byte[] buffer = new byte[BUFFER_BYTES];
        boolean first = true;
        for (Path file : inputFiles) {
            if (!first && delimiter != null) {
                outputStream.write(delimiter);
            }
            first = false;
            try (FSDataInputStream in = file.getFileSystem().open(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    outputStream.write(buffer, 0, read);
                }
            }
        }
    }
}
