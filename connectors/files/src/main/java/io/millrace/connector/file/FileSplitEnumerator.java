package io.millrace.connector.file;

import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Gives splits to readers as they ask, those on their own host first. Confined to the enumerator's
 * thread.
 */
final class FileSplitEnumerator implements SplitEnumerator<FileSourceSplit, PendingSplits> {
    private final SplitEnumeratorContext<FileSourceSplit> context;
    private final FileListing listing;
    private final Deque<FileSourceSplit> pending = new ArrayDeque<>();
    private boolean listed;

    /**
     * @param restored what was pending, or null to list the files at start
     */
    FileSplitEnumerator(
            SplitEnumeratorContext<FileSourceSplit> context,
            FileListing listing,
            PendingSplits restored) {
        this.context = context;
        this.listing = listing;
        if (restored != null) {
            pending.addAll(restored.splits());
            listed = true;
        }
    }

    @Override
    public void start() {
        if (!listed) {
            pending.addAll(listing.splits(context.currentParallelism()));
            listed = true;
        }
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        FileSourceSplit split = takeNear(requesterHostname);
        if (split == null) {
            context.signalNoMoreSplits(subtaskId);
        } else {
            context.assignSplit(split, subtaskId);
        }
    }

    private FileSourceSplit takeNear(String host) {
        if (host != null) {
            for (Iterator<FileSourceSplit> each = pending.iterator(); each.hasNext(); ) {
                FileSourceSplit split = each.next();
                if (split.hosts().contains(host)) {
                    each.remove();
                    return split;
                }
            }
        }
        return pending.poll();
    }

    @Override
    public void addSplitsBack(List<FileSourceSplit> splits, int subtaskId) {
        for (int i = splits.size() - 1; i >= 0; i--) {
            pending.addFirst(splits.get(i));
        }
    }

    @Override
    public void addReader(int subtaskId) {
        // Readers ask by themselves.
    }

    @Override
    public PendingSplits snapshotState(long checkpointId) {
        return new PendingSplits(new ArrayList<>(pending));
    }

    @Override
    public void close() {
        pending.clear();
    }
}
