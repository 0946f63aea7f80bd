package io.millrace.connector.file;

import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SplitsAssignment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the splits of files that were listed once to readers as they ask, many small ones at a
 * time. Confined to the enumerator's thread.
 */
final class FileSplitEnumerator<SplitT extends FileSourceSplit>
        implements SplitEnumerator<SplitT, PendingSplitsCheckpoint<SplitT>> {
    /** A reader gets so much at a time, in one split or many. */
    private static final long ENOUGH_BYTES = 4L << 20;

    private static final int MAX_SPLITS = 128;

    /** A reader gets at most this part of its share of the splits that are left. */
    private static final int SHARES = 4;

    private final SplitEnumeratorContext<SplitT> context;
    private final FileSplitAssigner assigner;
    private final SplitLocality locality;

    /** Splits that nobody has; by our own count, since an assigner tells it only by a copy. */
    private int left;

    FileSplitEnumerator(SplitEnumeratorContext<SplitT> context, FileSplitAssigner assigner) {
        this.context = context;
        this.assigner = assigner;
        this.locality = new SplitLocality(context);
        this.left = assigner.remainingSplits().size();
    }

    @Override
    public void start() {
        // The files have been listed; readers ask by themselves.
    }

    @Override
    @SuppressWarnings("unchecked") // the source's own enumerator made the splits
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        List<SplitT> given = new ArrayList<>();
        long bytes = 0;
        int atMost =
                Math.max(1, Math.min(MAX_SPLITS, left / (SHARES * context.currentParallelism())));
        while (given.size() < atMost && bytes < ENOUGH_BYTES) {
            Optional<FileSourceSplit> next = assigner.getNext(requesterHostname);
            if (next.isEmpty()) {
                break;
            }
            given.add((SplitT) next.get());
            bytes += next.get().length();
            locality.onGiven(next.get(), requesterHostname);
            if (given.get(0).isOn(requesterHostname) && !next.get().isOn(requesterHostname)) {
                break; // what lies elsewhere is not taken along
            }
        }
        left = Math.max(0, left - given.size());
        if (given.isEmpty()) {
            context.signalNoMoreSplits(subtaskId);
        } else {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtaskId, given)));
        }
    }

    @Override
    public void addSplitsBack(List<SplitT> splits, int subtaskId) {
        assigner.addSplits(List.copyOf(splits));
        left += splits.size();
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
    public void close() {
        locality.tell();
    }
}
