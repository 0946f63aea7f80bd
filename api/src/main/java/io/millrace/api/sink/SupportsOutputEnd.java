package io.millrace.api.sink;

import java.io.IOException;

/**
 * A sink that does something when no more output can follow: the input of its job has ended, and
 * all that the subtasks of all sinks prepared is committed. Not called for a job that fails, is
 * cancelled, or is suspended by a savepoint from which another one goes on.
 */
public interface SupportsOutputEnd {
    /**
     * Called where committers run, before the job is said to have finished; at least once: a
     * failure, or the end of the process, has it called again. If it throws, the last commit of the
     * job is tried again, as one of a committer.
     */
    void outputEnded(CommitterInitContext context) throws IOException;
}
