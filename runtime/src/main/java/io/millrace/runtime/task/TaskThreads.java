package io.millrace.runtime.task;

/** The threads that give work its turns. Thread-safe. */
interface TaskThreads extends AutoCloseable {
    /** Once, before anything has a turn. */
    void start();

    /**
     * Takes work on; its first turn comes with the first wake-up.
     *
     * @param name for a thread of its own, if it gets one
     */
    WorkHandle add(Turnable work, String name);

    /** Stops giving turns and joins the threads; one that user code holds is left behind. */
    @Override
    void close();
}
