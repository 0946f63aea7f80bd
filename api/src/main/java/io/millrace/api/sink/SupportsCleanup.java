package io.millrace.api.sink;

import java.io.IOException;

/**
 * A sink whose attempts may leave something outside when they are killed. Asked once after the job
 * has ended, whatever its outcome, where committers run; asked again if that failed. Not asked if
 * the job ended because a commit failed: what is prepared may still be committed.
 */
public interface SupportsCleanup {
    /** Removes what the job's attempts left and nobody committed. Idempotent. */
    void cleanUp(InitContext context) throws IOException;
}
