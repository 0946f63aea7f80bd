package io.millrace.api.serialization;

import io.millrace.api.file.FSDataOutputStream;
import java.io.IOException;
import java.io.Serializable;

/** Writes a file whose format holds many records together. Confined to the task. */
public interface BulkWriter<T> {
    /** May keep the record until {@link #flush} or {@link #finish}. */
    void addElement(T element) throws IOException;

    /** Writes what is held, as far as the format allows; called from time to time. */
    void flush() throws IOException;

    /** Writes what is held and what ends the file. Does not close the stream. Called once, last. */
    void finish() throws IOException;

    /** Makes a writer for each file. */
    interface Factory<T> extends Serializable {
        /**
         * @param out stands at the start of an empty file; whoever called closes it
         */
        BulkWriter<T> create(FSDataOutputStream out) throws IOException;
    }
}
