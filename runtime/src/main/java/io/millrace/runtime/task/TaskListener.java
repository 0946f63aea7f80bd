package io.millrace.runtime.task;

import io.millrace.runtime.message.ToCoordinator;

/**
 * Hears what the tasks of a worker have to say to the coordinator. Called on any thread of the task
 * executor; never waits.
 */
public interface TaskListener {
    /** A state change, a split request or a reader's event. Order is kept per attempt. */
    void tell(ToCoordinator message);
}
