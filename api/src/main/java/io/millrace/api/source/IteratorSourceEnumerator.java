package io.millrace.api.source;

import java.util.Collection;
import java.util.List;

/** Gives splits that are known from the start to whoever asks. Confined to its thread. */
public class IteratorSourceEnumerator<SplitT extends IteratorSourceSplit<?, ?>>
        implements SplitEnumerator<SplitT, Collection<SplitT>> {
    private final QueueEnumerator<SplitT> queue;

    public IteratorSourceEnumerator(
            SplitEnumeratorContext<SplitT> context, Collection<SplitT> splits) {
        this.queue = new QueueEnumerator<>(context, splits);
    }

    @Override
    public void start() {
        queue.start();
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        queue.handleSplitRequest(subtaskId, requesterHostname);
    }

    @Override
    public void addSplitsBack(List<SplitT> splits, int subtaskId) {
        queue.addSplitsBack(splits, subtaskId);
    }

    @Override
    public void addReader(int subtaskId) {
        queue.addReader(subtaskId);
    }

    @Override
    public Collection<SplitT> snapshotState(long checkpointId) throws Exception {
        return queue.snapshotState(checkpointId);
    }

    @Override
    public void close() {
        queue.close();
    }
}
