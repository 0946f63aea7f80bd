package io.millrace.api.source.hybrid;

import io.millrace.api.metric.SplitEnumeratorMetricGroup;
import io.millrace.api.source.ReaderInfo;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SplitsAssignment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/**
 * The host as the enumerator of one of the sources sees it: its readers are those that read this
 * source, and its splits are marked as this source's. Confined to the enumerator's thread, but for
 * what may be called by any.
 */
final class OneSourceContext implements SplitEnumeratorContext<SourceSplit> {
    private final SplitEnumeratorContext<HybridSourceSplit> context;
    private final int sourceIndex;
    private final SimpleVersionedSerializer<SourceSplit> splits;
    private final boolean last;
    private final TreeSet<Integer> readers = new TreeSet<>();

    /** Written by the enumerator's thread; also read by that of asynchronous calls. */
    private volatile boolean retired;

    /**
     * @param last whether no source comes after this one
     */
    OneSourceContext(
            SplitEnumeratorContext<HybridSourceSplit> context,
            int sourceIndex,
            SimpleVersionedSerializer<SourceSplit> splits,
            boolean last) {
        this.context = context;
        this.sourceIndex = sourceIndex;
        this.splits = splits;
        this.last = last;
    }

    void added(int subtask) {
        readers.add(subtask);
    }

    void gone(int subtask) {
        readers.remove(subtask);
    }

    boolean isReading(int subtask) {
        return readers.contains(subtask);
    }

    /** The source has been read: what its enumerator has begun ends unseen. */
    void retire() {
        retired = true;
    }

    SourceSplit unwrapped(HybridSourceSplit split) {
        try {
            return splits.deserialize(split.wrappedVersion(), split.wrapped());
        } catch (IOException e) {
            throw new UncheckedIOException(split + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void assignSplits(SplitsAssignment<SourceSplit> newSplitAssignments) {
        Map<Integer, List<HybridSourceSplit>> wrapped = new HashMap<>();
        newSplitAssignments
                .assignment()
                .forEach(
                        (subtask, own) ->
                                wrapped.put(
                                        subtask,
                                        own.stream()
                                                .map(
                                                        split ->
                                                                WrappedSplits.wrap(
                                                                        sourceIndex, split, splits))
                                                .toList()));
        context.assignSplits(new SplitsAssignment<>(wrapped));
    }

    /** The engine hears of it only if no source comes after this one. */
    @Override
    public void signalNoMoreSplits(int subtask) {
        if (last) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.sendEventToSourceReader(subtask, new HybridEvent.NoMoreSplits(sourceIndex));
        }
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
        context.sendEventToSourceReader(subtaskId, new HybridEvent.OfSource(sourceIndex, event));
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        Map<Integer, ReaderInfo> own = new TreeMap<>(context.registeredReaders());
        own.keySet().retainAll(readers);
        return own;
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        context.callAsync(unlessRetired(callable), unlessRetired(handler));
    }

    @Override
    public <T> void callAsync(
            Callable<T> callable,
            BiConsumer<T, Throwable> handler,
            long initialDelayMillis,
            long periodMillis) {
        context.callAsync(
                unlessRetired(callable), unlessRetired(handler), initialDelayMillis, periodMillis);
    }

    private <T> Callable<T> unlessRetired(Callable<T> callable) {
        return () -> retired ? null : callable.call();
    }

    private <T> BiConsumer<T, Throwable> unlessRetired(BiConsumer<T, Throwable> handler) {
        return (result, failure) -> {
            if (!retired) {
                handler.accept(result, failure);
            }
        };
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        context.runInCoordinatorThread(
                () -> {
                    if (!retired) {
                        runnable.run();
                    }
                });
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return context.metricGroup();
    }

    @Override
    public int currentParallelism() {
        return context.currentParallelism();
    }

    @Override
    public void setIsProcessingBacklog(boolean isProcessingBacklog) {
        context.setIsProcessingBacklog(isProcessingBacklog);
    }
}
