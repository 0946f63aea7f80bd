package io.millrace.runtime.exchange.stored;

import io.millrace.runtime.plan.ResultId;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** The results that a worker has on its disks, for who serves them. Thread-safe. */
public interface ResultFiles {
    /**
     * Where a range is.
     *
     * @param file open for reading; the caller closes it
     * @param offset of the range in it
     */
    record Section(FileChannel file, long offset, long bytes) {}

    /**
     * Opens a range. Called on network threads: takes no longer than to open a file.
     *
     * @throws IOException if the result is not here, or has no such range, or its file cannot be
     *     opened; the message goes to the reader
     */
    Section open(ResultId id, int range) throws IOException;
}
