package io.millrace.connector.file.compactor;

import io.millrace.api.file.Path;
import java.io.OutputStream;
import java.util.List;

/** A compactor that writes the bytes of the new file. Used by many threads. */
public abstract class OutputStreamBasedFileCompactor implements FileCompactor {
    private static final long serialVersionUID = 1L;

    /**
     * @param outputStream of the new file; whoever called closes it
     */
    public void compact(List<Path> inputFiles, OutputStream outputStream) throws Exception {
        doCompact(inputFiles, outputStream);
    }

    protected abstract void doCompact(List<Path> inputFiles, OutputStream outputStream)
            throws Exception;
}
