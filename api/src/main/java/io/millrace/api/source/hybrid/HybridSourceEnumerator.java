package io.millrace.api.source.hybrid;

import io.millrace.api.source.RichSplitEnumeratorContext;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has one source's enumerator after the other, and tells readers which source to read. Confined to
 * its coordinator thread.
 */
/* The next source begins when the reader of every subtask has said that it is at the end of this one.
 * Before that no split of the next one is given to anybody, so a checkpoint has splits of one source
 * only, or of none. A reader that starts late, or again, is told to read the source of now; if it was
 * given splits of an earlier one it reads those first. */
final class HybridSourceEnumerator
        implements SplitEnumerator<HybridSourceSplit, HybridSourceEnumeratorState> {
    private final SplitEnumeratorContext<HybridSourceSplit> context;
    private final List<HybridSource.SourceListEntry> sources;
    private final HybridSourceEnumeratorState restored; // null to begin anew

    /** Those that have been read or are being read, by index; after a restart from then on. */
    private final Map<Integer, Source<?, SourceSplit, Object>> opened = new HashMap<>();

    private final Set<Integer> readersAtEnd = new HashSet<>();

    /** Splits of earlier sources whose reader has failed. */
    private final List<HybridSourceSplit> returned = new ArrayList<>();

    private int index;
    private SplitEnumerator<SourceSplit, Object> enumerator;
    private OneSourceContext view;

    HybridSourceEnumerator(
            SplitEnumeratorContext<HybridSourceSplit> context,
            List<HybridSource.SourceListEntry> sources,
            HybridSourceEnumeratorState restored) {
        this.context = context;
        this.sources = sources;
        this.restored = restored;
    }

    @Override
    public void start() {
        if (restored == null) {
            open(0, made(0, null), null);
            return;
        }
        int at = restored.getCurrentSourceIndex();
        if (at >= sources.size()) {
            throw new IllegalStateException(
                    "The checkpoint was taken in source "
                            + (at + 1)
                            + " of a hybrid source, which has only "
                            + sources.size()
                            + " now: keep the sources that a checkpoint may be in.");
        }
        open(at, restoredSource(at), restored);
    }

    private Source<?, ?, ?> restoredSource(int at) {
        if (restored.source() != null) {
            return rich().deserializeObject(restored.source(), Source.class);
        }
        Source<?, ?, ?> ofJob = sources.get(at).source;
        if (ofJob == null) {
            throw new IllegalStateException(
                    "Source "
                            + (at + 1)
                            + " of a hybrid source is made by a factory now, but was part of the"
                            + " job when the checkpoint was taken: leave it as it was.");
        }
        return ofJob;
    }

    private RichSplitEnumeratorContext<HybridSourceSplit> rich() {
        if (context instanceof RichSplitEnumeratorContext<HybridSourceSplit> rich) {
            return rich;
        }
        throw new IllegalStateException(
                "A hybrid source whose factory has made source "
                        + (index + 1)
                        + " takes checkpoints in the engine only: "
                        + context.getClass().getName()
                        + " serializes no objects.");
    }

    /**
     * @param previous null before the first source
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the builder knows which enumerator comes before
    private Source<?, ?, ?> made(int at, SplitEnumerator<?, ?> previous) {
        HybridSource.SourceListEntry entry = sources.get(at);
        if (entry.source != null) {
            return entry.source;
        }
        HybridSource.SourceFactory factory = entry.factory;
        Source<?, ?, ?> source = factory.create(() -> previous);
        if (source == null) {
            throw new IllegalStateException(
                    "The factory of source "
                            + (at + 1)
                            + " of a hybrid source has returned null: "
                            + factory.getClass().getName()
                            + ".");
        }
        if (source.getBoundedness() != entry.boundedness) {
            throw new IllegalStateException(
                    "The factory of source "
                            + (at + 1)
                            + " of a hybrid source was added as "
                            + entry.boundedness
                            + ", but has made a source that is "
                            + source.getBoundedness()
                            + ".");
        }
        return source;
    }

    /**
     * @param from null to begin anew
     */
    @SuppressWarnings("unchecked") // splits and states go back to the source that they are of
    private void open(int at, Source<?, ?, ?> source, HybridSourceEnumeratorState from) {
        Source<?, SourceSplit, Object> own = (Source<?, SourceSplit, Object>) source;
        index = at;
        opened.put(at, own);
        view = new OneSourceContext(context, at, own.getSplitSerializer(), at == lastIndex());
        try {
            enumerator =
                    from == null
                            ? own.createEnumerator(view)
                            : own.restoreEnumerator(
                                    view,
                                    own.getEnumeratorCheckpointSerializer()
                                            .deserialize(from.wrappedVersion(), from.wrapped()));
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The enumerator of source "
                            + (at + 1)
                            + " of "
                            + sources.size()
                            + " of a hybrid source cannot be made: "
                            + e,
                    e);
        }
        enumerator.start();
    }

    private int lastIndex() {
        return sources.size() - 1;
    }

    /** Readers say by themselves that they have started. */
    @Override
    public void addReader(int subtaskId) {}

    @Override
    public void handleSourceEvent(int subtaskId, SourceEvent sourceEvent) {
        if (!(sourceEvent instanceof HybridEvent said)) {
            throw new IllegalArgumentException(
                    "A hybrid source was told " + sourceEvent + " by reader " + subtaskId + ".");
        }
        switch (said.kind()) {
            case READER_STARTED -> onStarted(subtaskId);
            case READER_NEEDS -> onNeeds(subtaskId, ((HybridEvent.ReaderNeeds) said).sourceIndex());
            case READER_AT_END ->
                    onAtEnd(subtaskId, ((HybridEvent.ReaderAtEnd) said).sourceIndex());
            case OF_SOURCE -> onOfSource(subtaskId, (HybridEvent.OfSource) said);
            case SWITCH_SOURCE, NO_MORE_SPLITS ->
                    throw new IllegalArgumentException("Reader " + subtaskId + " said " + said);
        }
    }

    private void onStarted(int subtaskId) {
        readersAtEnd.remove(subtaskId);
        view.gone(subtaskId);
        for (HybridSourceSplit split : returned) {
            context.assignSplit(split, subtaskId);
        }
        returned.clear();
        switchReader(subtaskId);
    }

    /** The splits are from before; whatever else the source had, others have read. */
    private void onNeeds(int subtaskId, int earlier) {
        tellToRead(subtaskId, earlier);
        context.sendEventToSourceReader(subtaskId, new HybridEvent.NoMoreSplits(earlier));
    }

    private void onAtEnd(int subtaskId, int ended) {
        if (ended < index) {
            switchReader(subtaskId);
            return;
        }
        readersAtEnd.add(subtaskId);
        if (readersAtEnd.size() == context.currentParallelism()) {
            switchSource();
        }
    }

    private void onOfSource(int subtaskId, HybridEvent.OfSource said) {
        if (said.sourceIndex() == index) {
            enumerator.handleSourceEvent(subtaskId, said.event());
        }
    }

    private void switchSource() {
        SplitEnumerator<SourceSplit, Object> previous = enumerator;
        Source<?, ?, ?> next = made(index + 1, previous);
        view.retire();
        try {
            previous.close();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The enumerator of source " + (index + 1) + " cannot be closed: " + e, e);
        }
        open(index + 1, next, null);
        List<Integer> readers = new ArrayList<>(readersAtEnd);
        readersAtEnd.clear();
        readers.forEach(this::switchReader);
    }

    private void switchReader(int subtaskId) {
        tellToRead(subtaskId, index);
        view.added(subtaskId);
        enumerator.addReader(subtaskId);
    }

    private void tellToRead(int subtaskId, int sourceIndex) {
        boolean isMade = sources.get(sourceIndex).source == null;
        Source<?, SourceSplit, Object> made = isMade ? opened.get(sourceIndex) : null;
        if (isMade && made == null) {
            throw new IllegalStateException(
                    "Reader "
                            + subtaskId
                            + " has splits of source "
                            + (sourceIndex + 1)
                            + " of a hybrid source, which was read to its end before the"
                            + " checkpoint that the job was restored from.");
        }
        context.sendEventToSourceReader(subtaskId, new HybridEvent.SwitchSource(sourceIndex, made));
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        if (view.isReading(subtaskId)) {
            enumerator.handleSplitRequest(subtaskId, requesterHostname);
        }
    }

    @Override
    public void addSplitsBack(List<HybridSourceSplit> splits, int subtaskId) {
        List<SourceSplit> ofNow = new ArrayList<>();
        for (HybridSourceSplit split : splits) {
            if (split.sourceIndex() == index) {
                ofNow.add(view.unwrapped(split));
            } else {
                returned.add(split);
            }
        }
        readersAtEnd.remove(subtaskId);
        view.gone(subtaskId);
        if (!ofNow.isEmpty()) {
            enumerator.addSplitsBack(ofNow, subtaskId);
        }
    }

    @Override
    public HybridSourceEnumeratorState snapshotState(long checkpointId) throws Exception {
        Source<?, SourceSplit, Object> source = opened.get(index);
        Object state = enumerator.snapshotState(checkpointId);
        return new HybridSourceEnumeratorState(
                index,
                sources.get(index).source == null ? rich().serializeObject(source) : null,
                source.getEnumeratorCheckpointSerializer().getVersion(),
                source.getEnumeratorCheckpointSerializer().serialize(state));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        enumerator.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        enumerator.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws IOException {
        if (enumerator != null) {
            enumerator.close();
        }
    }
}
