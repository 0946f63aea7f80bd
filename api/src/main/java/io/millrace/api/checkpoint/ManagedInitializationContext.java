package io.millrace.api.checkpoint;

import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.OperatorStateStore;
import java.util.OptionalLong;

/** What is there when states are asked for. Implemented by the engine; confined to the task. */
public interface ManagedInitializationContext {
    /** Whether the states may hold what an earlier attempt or job saved. */
    default boolean isRestored() {
        return getRestoredCheckpointId().isPresent();
    }

    /** The checkpoint or savepoint that was restored; empty if the job starts afresh. */
    OptionalLong getRestoredCheckpointId();

    OperatorStateStore getOperatorStateStore();

    /**
     * The states of the keyed stream.
     *
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID}, when a state is
     *     asked for, if the stream is not keyed
     */
    KeyedStateStore getKeyedStateStore();
}
