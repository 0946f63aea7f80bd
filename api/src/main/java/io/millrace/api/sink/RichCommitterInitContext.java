package io.millrace.api.sink;

/** What the engine tells a committer that runs once, for all subtasks of its sink. */
public interface RichCommitterInitContext extends CommitterInitContext {
    /**
     * Whether no task of the job runs before this committer is through: it is given what was
     * restored, of all subtasks in its first call, and nothing else of the sink's will ever be
     * committed.
     */
    boolean isBeforeTasks();
}
