package io.millrace.api.source;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** What an enumerator may ask of its host. Only {@code runInCoordinatorThread} is thread-safe. */
public interface SplitEnumeratorContext<SplitT extends SourceSplit> {
    void sendEventToSourceReader(int subtaskId, SourceEvent event);

    int currentParallelism();

    /** By subtask; a copy. */
    Map<Integer, ReaderInfo> registeredReaders();

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
