package io.millrace.runtime.exchange.stored;

import io.millrace.runtime.plan.ResultId;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** The results that a worker has on its disks, for who serves them. Thread-safe. */
public interface ResultFiles {
    /**
     * Where ranges are that lie one behind the other.
     *
     * @param file open for reading; the caller closes it
     * @param offset of the first of them in it
     */
    record Section(FileChannel file, long offset, long bytes) {}

    /**
     * Opens neighbouring ranges. Called on network threads: takes no longer than to open a file.
     *
     * @param from the first range
     * @param to behind the last one
     * @throws IOException if the result is not here, or has no such ranges, or its file cannot be
     *     opened; the message goes to the reader
     */
    Section open(ResultId id, int from, int to) throws IOException;
}
