package io.millrace.api.source.reader;

import java.io.IOException;

/** Something that a fetcher's thread does between two fetches. */
public interface SplitFetcherTask {
    /**
     * By the fetcher's thread.
     *
     * @return false to be called again before anything else
     */
    boolean run() throws IOException;

    /** Lets {@link #run} return soon. By any thread. */
    void wakeUp();
}
