package io.millrace.api.sink;

import java.io.IOException;
import java.util.Collection;

/** A writer whose output stays invisible until it is committed. */
public interface CommittingSinkWriter<InputT, CommittableT> extends SinkWriter<InputT> {
    /**
     * Called after {@code flush}: what has been written since the last call and must be committed.
     */
    Collection<CommittableT> prepareCommit() throws IOException, InterruptedException;
}
