package io.millrace.api.source.hybrid;

import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.PausableReader;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Reads whichever source the enumerator has told it to read, by a reader of that source. Confined
 * to the task.
 */
/* Life: it says that it has started, is told to read a source, says that it is at the end, is told to
 * read the next. Splits may come before the source that they are of: from a checkpoint, or from the
 * engine if a bounded job runs this subtask again. They are held until then, and if they are of a source
 * before the one that it is told to read, it asks for that one first. */
final class HybridSourceReader<T>
        implements SourceReader<T, HybridSourceSplit>, ChunkedReader<T>, PausableReader {
    private final SourceReaderContext context;
    private final List<HybridSource.SourceListEntry> sources;

    /** Splits of sources that are not being read, by source. */
    private final TreeMap<Integer, List<HybridSourceSplit>> held = new TreeMap<>();

    private int index = -1;
    private SimpleVersionedSerializer<SourceSplit> splits;
    private SourceReader<T, SourceSplit> reader; // null between two sources
    private ChunkedReader<T> chunkedReader; // the same one, if it can
    private boolean noMoreOfLast;

    /** Completes when there is a reader again. */
    private CompletableFuture<Void> switched = new CompletableFuture<>();

    HybridSourceReader(SourceReaderContext context, List<HybridSource.SourceListEntry> sources) {
        this.context = context;
        this.sources = sources;
    }

    @Override
    public void start() {
        context.sendSourceEventToCoordinator(new HybridEvent.ReaderStarted());
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return reader == null ? InputStatus.NOTHING_AVAILABLE : after(reader.pollNext(output));
    }

    @Override
    public InputStatus read(ReaderOutput<T> output, int maxRecords) throws Exception {
        if (reader == null) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (chunkedReader != null) {
            return after(chunkedReader.read(output, maxRecords));
        }
        InputStatus status = InputStatus.MORE_AVAILABLE;
        for (int i = 0; i < maxRecords && status == InputStatus.MORE_AVAILABLE; i++) {
            status = reader.pollNext(output);
        }
        return after(status);
    }

    private InputStatus after(InputStatus status) throws Exception {
        if (status != InputStatus.END_OF_INPUT || isLast(index)) {
            return status;
        }
        closeReader();
        switched = new CompletableFuture<>();
        context.sendSourceEventToCoordinator(new HybridEvent.ReaderAtEnd(index));
        return InputStatus.NOTHING_AVAILABLE;
    }

    private boolean isLast(int sourceIndex) {
        return sourceIndex == sources.size() - 1;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader == null ? switched : reader.isAvailable();
    }

    @Override
    public void addSplits(List<HybridSourceSplit> added) {
        List<HybridSourceSplit> now = new ArrayList<>();
        for (HybridSourceSplit split : added) {
            if (reader != null && split.sourceIndex() == index) {
                now.add(split);
            } else {
                held.computeIfAbsent(split.sourceIndex(), key -> new ArrayList<>()).add(split);
            }
        }
        if (!now.isEmpty()) {
            reader.addSplits(unwrapped(now));
        }
    }

    /** Only the last source has an end that the engine knows of. */
    @Override
    public void notifyNoMoreSplits() {
        noMoreOfLast = true;
        if (reader != null && isLast(index)) {
            reader.notifyNoMoreSplits();
        }
    }

    @Override
    public void handleSourceEvents(SourceEvent sourceEvent) {
        if (sourceEvent instanceof HybridEvent.SwitchSource told) {
            switchTo(told);
        } else if (sourceEvent instanceof HybridEvent.NoMoreSplits told) {
            if (isReading(told.sourceIndex())) {
                reader.notifyNoMoreSplits();
            }
        } else if (sourceEvent instanceof HybridEvent.OfSource told) {
            if (isReading(told.sourceIndex())) {
                reader.handleSourceEvents(told.event());
            }
        } else {
            throw new IllegalArgumentException(
                    "A reader of a hybrid source was told " + sourceEvent + ".");
        }
    }

    private boolean isReading(int sourceIndex) {
        return reader != null && sourceIndex == index;
    }

    private void switchTo(HybridEvent.SwitchSource told) {
        if (!held.isEmpty() && held.firstKey() < told.sourceIndex()) {
            context.sendSourceEventToCoordinator(new HybridEvent.ReaderNeeds(held.firstKey()));
            return;
        }
        Source<?, ?, ?> source =
                told.source() == null ? sources.get(told.sourceIndex()).source : told.source();
        open(told.sourceIndex(), source);
        List<HybridSourceSplit> waiting = held.remove(index);
        if (waiting != null) {
            reader.addSplits(unwrapped(waiting));
        }
        reader.start();
        if (noMoreOfLast && isLast(index)) {
            reader.notifyNoMoreSplits();
        }
        switched.complete(null);
    }

    @SuppressWarnings("unchecked") // the builder takes sources of T only
    private void open(int sourceIndex, Source<?, ?, ?> source) {
        index = sourceIndex;
        splits = (SimpleVersionedSerializer<SourceSplit>) source.getSplitSerializer();
        try {
            reader =
                    (SourceReader<T, SourceSplit>)
                            source.createReader(HybridReaderContext.of(context, sourceIndex));
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The reader of source "
                            + (sourceIndex + 1)
                            + " of "
                            + sources.size()
                            + " of a hybrid source cannot be made: "
                            + e,
                    e);
        }
        chunkedReader = reader instanceof ChunkedReader<?> c ? (ChunkedReader<T>) c : null;
    }

    private List<SourceSplit> unwrapped(List<HybridSourceSplit> wrapped) {
        List<SourceSplit> own = new ArrayList<>(wrapped.size());
        for (HybridSourceSplit split : wrapped) {
            try {
                own.add(splits.deserialize(split.wrappedVersion(), split.wrapped()));
            } catch (IOException e) {
                throw new UncheckedIOException(split + " cannot be read: " + e.getMessage(), e);
            }
        }
        return own;
    }

    @Override
    public List<HybridSourceSplit> snapshotState(long checkpointId) {
        List<HybridSourceSplit> all = new ArrayList<>();
        held.values().forEach(all::addAll);
        if (reader != null) {
            for (SourceSplit split : reader.snapshotState(checkpointId)) {
                all.add(WrappedSplits.wrap(index, split, splits));
            }
        }
        return all;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        if (reader != null) {
            reader.notifyCheckpointComplete(checkpointId);
        }
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        if (reader != null) {
            reader.notifyCheckpointAborted(checkpointId);
        }
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<String> splitsToPause, Collection<String> splitsToResume) {
        if (reader != null) {
            reader.pauseOrResumeSplits(splitsToPause, splitsToResume);
        }
    }

    @Override
    public boolean pause() {
        return !(reader instanceof PausableReader pausable) || pausable.pause();
    }

    @Override
    public void resume() {
        if (reader instanceof PausableReader pausable) {
            pausable.resume();
        }
    }

    private void closeReader() throws Exception {
        SourceReader<T, SourceSplit> closing = reader;
        reader = null;
        chunkedReader = null;
        if (closing != null) {
            closing.close();
        }
    }

    @Override
    public void close() throws Exception {
        closeReader();
    }
}
