package io.millrace.connector.file.compactor;

import io.millrace.api.file.Path;
import java.io.OutputStream;
import java.util.List;

/** Leaves each file as it is: nothing is put together. Immutable. */
public class IdenticalFileCompactor extends ConcatFileCompactor {
    private static final long serialVersionUID = 1L;

    public IdenticalFileCompactor() {}

    /**
     * @throws IllegalArgumentException if there is more than one file
     */
    @Override
    public void compact(List<Path> inputFiles, OutputStream outputStream) throws Exception {
        if (inputFiles.size() != 1) {
            throw new IllegalArgumentException(
                    "Files that stay as they are come one by one, not "
                            + inputFiles.size()
                            + " together.");
        }
        super.compact(inputFiles, outputStream);
    }
}
