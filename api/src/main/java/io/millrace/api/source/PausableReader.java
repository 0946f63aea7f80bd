package io.millrace.api.source;

/**
 * A reader whose records are made by a thread of its own, which must stand still while a snapshot
 * is taken. Confined to the task.
 */
public interface PausableReader {
    /**
     * Asks the thread to stand still.
     *
     * @return whether it does and all that it has made has been read; else the task reads on and
     *     asks again, at the latest when {@link SourceReader#isAvailable} completes
     */
    boolean pause();

    /** Lets the thread go on; nothing happens if it was not asked to stand still. */
    void resume();
}
