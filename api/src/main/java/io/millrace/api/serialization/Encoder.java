package io.millrace.api.serialization;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/** Writes records to a file, one behind the other. Confined to the task. */
@FunctionalInterface
public interface Encoder<IN> extends Serializable {
    /** Appends the record's bytes; neither flushes nor closes the stream. */
    void encode(IN element, OutputStream stream) throws IOException;
}
