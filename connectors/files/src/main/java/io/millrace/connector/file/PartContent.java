package io.millrace.connector.file;

import java.io.IOException;

/** The content of a file that is being written. Confined to its task. */
interface PartContent<IN> {
    void write(IN record) throws IOException;

    /** Hands everything to the file; nothing is written afterwards. */
    void finish() throws IOException;

    /** Bytes so far. */
    long size() throws IOException;
}
