package io.millrace.host.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a sweep runs, and who reads what comes out of it. Thread-safe: cases run side by side. */
public interface SweepSubject {
    /** All its cases, in their order. */
    List<SweepCase> cases();

    /**
     * Makes the place of one case's output.
     *
     * @param directory of the case
     */
    SweepJob job(Path directory) throws IOException;

    /**
     * Reads the output with nothing of the engine. Returns what is wrong with it.
     *
     * @param dead jobs whose application has died for good, and could not tidy up
     * @param merged whether records that were on their way in several channels may have come into
     *     one, at another parallelism: order is kept in a channel, not between two of them
     */
    List<String> faultsIn(SweepJob job, SweepCase what, List<String> dead, boolean merged)
            throws IOException;
}
