package io.millrace.api.sink;

import java.io.IOException;
import java.io.Serializable;

/**
 * The description of where records go; makes writers. Serialized with the job.
 *
 * @param <InputT> the records
 */
public interface Sink<InputT> extends Serializable {
    /** Called once a subtask and attempt; the engine closes the writer. */
    SinkWriter<InputT> createWriter(WriterInitContext context) throws IOException;
}
