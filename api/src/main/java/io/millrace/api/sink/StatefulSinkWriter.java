package io.millrace.api.sink;

import java.io.IOException;
import java.util.List;

/**
 * A writer with state of its own, which is saved with each checkpoint.
 *
 * @param <WriterStateT> dealt out anew, item by item, if the parallelism changes
 */
public interface StatefulSinkWriter<InputT, WriterStateT> extends SinkWriter<InputT> {
    /** Called at a barrier, after {@code flush}: the state as it is now. */
    List<WriterStateT> snapshotState(long checkpointId) throws IOException;
}
