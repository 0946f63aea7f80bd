package io.millrace.connector.file;

import io.millrace.api.file.Path;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;

/**
 * Finds the files below paths and cuts them into splits. A source that watches its paths calls it
 * again and again, one call at a time, on changing threads.
 */
public interface FileEnumerator {
    /**
     * @param minDesiredSplits as many as there are readers; fewer are allowed
     * @return with ids that are unique over all calls
     */
    Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits)
            throws IOException;

    /** Makes the enumerator where it runs. */
    interface Provider extends Serializable {
        FileEnumerator create();
    }
}
