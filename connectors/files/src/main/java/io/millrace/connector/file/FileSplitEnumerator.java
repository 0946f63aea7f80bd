package io.millrace.connector.file;

import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Lists the files once and gives their splits to readers as they ask. Confined to the enumerator's
 * thread.
 */
final class FileSplitEnumerator<SplitT extends FileSourceSplit>
        implements SplitEnumerator<SplitT, PendingSplitsCheckpoint<SplitT>> {
    private final SplitEnumeratorContext<SplitT> context;
    private final FileSplitAssigner assigner;

    FileSplitEnumerator(SplitEnumeratorContext<SplitT> context, FileSplitAssigner assigner) {
        this.context = context;
        this.assigner = assigner;
    }

    @Override
    public void start() {
        // The files have been listed; readers ask by themselves.
    }

    @Override
    @SuppressWarnings("unchecked") // the source's own enumerator made the splits
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        Optional<FileSourceSplit> next = assigner.getNext(requesterHostname);
        if (next.isPresent()) {
            context.assignSplit((SplitT) next.get(), subtaskId);
        } else {
            context.signalNoMoreSplits(subtaskId);
        }
    }

    @Override
    public void addSplitsBack(List<SplitT> splits, int subtaskId) {
        assigner.addSplits(List.copyOf(splits));
    }

    @Override
    public void addReader(int subtaskId) {
        // Readers ask by themselves.
    }

    @Override
    @SuppressWarnings("unchecked") // the source's own enumerator made the splits
    public PendingSplitsCheckpoint<SplitT> snapshotState(long checkpointId) {
        return PendingSplitsCheckpoint.fromCollectionSnapshot(
                (Collection<SplitT>) assigner.remainingSplits());
    }

    @Override
    public void close() {}
}
