package io.millrace.connector.file;

import io.millrace.api.source.SourceOutput;
import java.io.Closeable;
import java.io.IOException;

/** The records of a split that is being read. Confined to its task. */
interface SplitRecords<T> extends Closeable {
    /**
     * Emits up to {@code max} records.
     *
     * @return false if the split has no more
     */
    boolean emit(SourceOutput<T> output, int max) throws IOException;

    /** Where reading goes on after what has been emitted. */
    CheckpointedPosition position();
}
