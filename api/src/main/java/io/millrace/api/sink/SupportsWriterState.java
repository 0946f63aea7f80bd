package io.millrace.api.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.util.Collection;

/** A sink whose writers have state. */
public interface SupportsWriterState<InputT, WriterStateT> {
    /**
     * Called in place of {@code createWriter} if a checkpoint is restored.
     *
     * @param recoveredState what falls to this subtask; may be empty
     */
    StatefulSinkWriter<InputT, WriterStateT> restoreWriter(
            WriterInitContext context, Collection<WriterStateT> recoveredState) throws IOException;

    SimpleVersionedSerializer<WriterStateT> getWriterStateSerializer();

    /** A sink that can also read the state which other sinks, or versions of it, have left. */
    interface WithCompatibleState {
        /** Names of list states in which older sinks have kept theirs. */
        Collection<String> getCompatibleWriterStateNames();
    }
}
