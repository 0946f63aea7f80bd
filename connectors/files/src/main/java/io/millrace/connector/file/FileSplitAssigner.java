package io.millrace.connector.file;

import java.io.Serializable;
import java.util.Collection;
import java.util.Optional;

/** Decides which reader gets which split. Confined to the enumerator's thread. */
public interface FileSplitAssigner {
    /**
     * Takes the split that a reader shall have.
     *
     * @param hostname where the reader runs; null if unknown
     * @return empty if none is left now
     */
    Optional<FileSourceSplit> getNext(String hostname);

    /** New splits, or splits of a reader that failed. */
    void addSplits(Collection<FileSourceSplit> splits);

    /** What has not been taken; for checkpoints. */
    Collection<FileSourceSplit> remainingSplits();

    /** Makes the assigner where the enumerator runs. */
    interface Provider extends Serializable {
        FileSplitAssigner create(Collection<FileSourceSplit> initialSplits);
    }
}
