package io.millrace.api.sink;

import java.io.IOException;

/**
 * An output format with something to be done once for all subtasks. It is done in the first
 * subtask, before that writes; the others may be ahead of it.
 */
public interface InitializeOnMaster {
    /**
     * @param parallelism how many subtasks write
     */
    void initializeGlobal(int parallelism) throws IOException;
}
