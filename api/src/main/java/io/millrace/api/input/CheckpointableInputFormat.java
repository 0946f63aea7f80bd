package io.millrace.api.input;

import java.io.IOException;
import java.io.Serializable;

/**
 * An input format that can say where it is within a split, and go on there. Confined to its task.
 */
public interface CheckpointableInputFormat<S extends InputSplit, T extends Serializable> {
    /** Before the record that would be read next. */
    T getCurrentState() throws IOException;

    /** Opens a split at a place. */
    void reopen(S split, T state) throws IOException;
}
