package io.millrace.connector.file;

import io.millrace.api.file.Path;
import java.util.Collection;
import java.util.List;

/** The state of an enumerator: the splits that no reader has, and the files it knows. Immutable. */
public class PendingSplitsCheckpoint<SplitT extends FileSourceSplit> {
    private final List<SplitT> splits;
    private final List<Path> alreadyProcessedPaths;

    protected PendingSplitsCheckpoint(
            Collection<SplitT> splits, Collection<Path> alreadyProcessedPaths) {
        this.splits = List.copyOf(splits);
        this.alreadyProcessedPaths = List.copyOf(alreadyProcessedPaths);
    }

    public static <T extends FileSourceSplit> PendingSplitsCheckpoint<T> fromCollectionSnapshot(
            Collection<T> splits) {
        return new PendingSplitsCheckpoint<>(splits, List.of());
    }

    public static <T extends FileSourceSplit> PendingSplitsCheckpoint<T> fromCollectionSnapshot(
            Collection<T> splits, Collection<Path> alreadyProcessedPaths) {
        return new PendingSplitsCheckpoint<>(splits, alreadyProcessedPaths);
    }

    public Collection<SplitT> getSplits() {
        return splits;
    }

    /** Files of which splits have been made already; empty for a source that lists once. */
    public Collection<Path> getAlreadyProcessedPaths() {
        return alreadyProcessedPaths;
    }

    @Override
    public String toString() {
        return splits.size() + " splits pending, " + alreadyProcessedPaths.size() + " files known";
    }
}
