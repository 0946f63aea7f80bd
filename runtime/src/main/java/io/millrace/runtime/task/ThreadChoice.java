package io.millrace.runtime.task;

/** What gives tasks their turns; the values of {@code task.threads}. */
public enum ThreadChoice {
    /** Few threads share all tasks of a worker. */
    LOOPS,
    /** Each task has a thread, parked while there is nothing to do. */
    DEDICATED
}
