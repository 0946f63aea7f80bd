package io.millrace.runtime.chain;

/** Unwinds a turn that waits for space when its task is canceled. Never leaves the task. */
public final class TaskCanceledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TaskCanceledException() {
        super("the task is canceled", null, false, false);
    }
}
