package io.millrace.api.source;

import io.millrace.api.metric.SplitEnumeratorMetricGroup;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** What an enumerator may ask of its host. Only {@code runInCoordinatorThread} is thread-safe. */
public interface SplitEnumeratorContext<SplitT extends SourceSplit> {
    /** The metrics of this enumerator, which belong to the coordinator's process. */
    SplitEnumeratorMetricGroup metricGroup();

    /**
     * To the reader of a subtask, to all its attempts if several run. No further attempts begin
     * beside those of a source that is told something in this way: they would not have heard it.
     */
    void sendEventToSourceReader(int subtaskId, SourceEvent event);

    /**
     * The same to one attempt of the subtask. An event for an attempt that has ended goes nowhere:
     * its successor has registered under a number of its own.
     */
    default void sendEventToSourceReader(int subtaskId, int attemptNumber, SourceEvent event) {
        throw new UnsupportedOperationException(
                getClass().getName() + " does not tell the attempts of a reader apart.");
    }

    int currentParallelism();

    /** By subtask; a copy. */
    Map<Integer, ReaderInfo> registeredReaders();

    /**
     * By subtask and attempt number; a copy. The inner maps have one entry, unless slow subtasks
     * are tried a second time while they run and the enumerator tells attempts apart ({@link
     * SupportsHandleExecutionAttemptSourceEvent}): then one for each attempt that runs or has
     * finished.
     */
    default Map<Integer, Map<Integer, ReaderInfo>> registeredReadersOfAttempts() {
        throw new UnsupportedOperationException(
                getClass().getName() + " does not tell the attempts of a reader apart.");
    }

    void assignSplits(SplitsAssignment<SplitT> newSplitAssignments);

    default void assignSplit(SplitT split, int subtask) {
        assignSplits(new SplitsAssignment<>(split, subtask));
    }

    void signalNoMoreSplits(int subtask);

    /** Runs {@code callable} on another thread and {@code handler} on the coordinator thread. */
    <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler);

    /** The same again and again; calls do not overlap. */
    <T> void callAsync(
            Callable<T> callable,
            BiConsumer<T, Throwable> handler,
            long initialDelayMillis,
            long periodMillis);

    /** Thread-safe. */
    void runInCoordinatorThread(Runnable runnable);

    /** Has no effect: nothing here runs differently while a source is behind. */
    default void setIsProcessingBacklog(boolean isProcessingBacklog) {}
}
