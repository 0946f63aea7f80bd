package io.millrace.connector.file;

import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SplitsAssignment;
import java.util.List;
import java.util.Map;

/**
 * Gives the splits of files that were listed once to readers as they ask, many small ones at a
 * time. Confined to the enumerator's thread.
 */
final class FileSplitEnumerator<SplitT extends FileSourceSplit>
        implements SplitEnumerator<SplitT, PendingSplitsCheckpoint<SplitT>> {
    private final SplitEnumeratorContext<SplitT> context;
    private final SplitPortions<SplitT> portions;

    FileSplitEnumerator(SplitEnumeratorContext<SplitT> context, FileSplitAssigner assigner) {
        this.context = context;
        this.portions = new SplitPortions<>(context, assigner);
    }

    @Override
    public void start() {
        // The files have been listed; readers ask by themselves.
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        List<SplitT> given = portions.next(requesterHostname);
        if (given.isEmpty()) {
            context.signalNoMoreSplits(subtaskId);
        } else {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtaskId, given)));
        }
    }

    @Override
    public void addSplitsBack(List<SplitT> splits, int subtaskId) {
        portions.add(List.copyOf(splits));
    }

    @Override
    public void addReader(int subtaskId) {
        // Readers ask by themselves.
    }

    @Override
    public PendingSplitsCheckpoint<SplitT> snapshotState(long checkpointId) {
        return PendingSplitsCheckpoint.fromCollectionSnapshot(portions.remaining());
    }

    @Override
    public void close() {
        portions.tell();
    }
}
